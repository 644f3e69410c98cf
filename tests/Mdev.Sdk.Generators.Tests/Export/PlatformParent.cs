namespace Mdev.Sdk.Generators.Tests.Export;

/// <summary>Offers it.</summary>
[MdevParent("platform")]
public sealed partial class PlatformParent : MdevParent<SoundPlatform, int>
{
    [MdevType("1", "Mailbox of a platform")] public static int Only => 0;
}
