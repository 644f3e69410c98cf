namespace Mdev.Sdk.Generators.Tests.Export;

/// <summary>Names of an array's registers.</summary>
public enum Tone : byte
{
    /// <summary>How deep.</summary>
    Bass,
    Treble,
    int_ = 3,
}
