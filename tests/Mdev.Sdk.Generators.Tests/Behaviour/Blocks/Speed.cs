namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>How fast it goes; "quoted" &amp; <b>marked</b> | \ */ /* ??/.</summary>
public enum Speed : byte
{
    /// <summary>Not at all.</summary>
    Stopped,
    Slow,
    Fast = 2,
    Quick = Fast,
}
