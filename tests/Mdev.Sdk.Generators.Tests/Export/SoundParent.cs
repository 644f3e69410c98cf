namespace Mdev.Sdk.Generators.Tests.Export;

/// <summary>Offers it.</summary>
[MdevParent("sound")]
public sealed partial class SoundParent : MdevParent<SoundCard, int>
{
    [MdevType("1", "Card of sounds")] public static int Only => 0;
}
