namespace Mdev.Sdk.Generators.Tests.Export;

/// <summary>Banks.</summary>
public enum SoundPage : byte
{
    First,
    Second,
}
