using Mdev.Sdk;

namespace Mdev.Bench.Blocks;

/// <summary>What is managed: as many devices as one likes.</summary>
[MdevParent("bench", Capacity = 100_000)]
public sealed partial class BenchParent : MdevParent<ManagedDevice, int>
{
    [MdevType("1", "Bench device")] public static int Only => 0;
}
