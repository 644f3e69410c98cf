namespace Mdev.Sdk.Generators.Tests.Export;

/// <summary>Offers it.</summary>
[MdevParent("queue")]
public sealed partial class QueueParent : MdevParent<SoundCipher, int>
{
    [MdevType("1", "Queue of nothing")] public static int Only => 0;
}
