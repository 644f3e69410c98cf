using Mdev.Sdk;

namespace Mdev.Bench.Blocks;

/// <summary>Whose screens are shown.</summary>
[MdevParent("drawn", Capacity = 1)]
public sealed partial class DrawnParent : MdevParent<DrawnPanel, int>
{
    [MdevType("1", "A screen of 1024x768")] public static int Only => 0;
}
