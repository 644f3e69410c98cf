namespace Mdev.Tree.Tests.Parents;

/// <summary>The kernel's mbochs as tools see it: megabytes of display memory, and sizes of displays.</summary>
[MdevParent("mbochs", Capacity = 256)]
public sealed partial class MbochsParent : MdevParent<Frame, int>
{
    [MdevType("small", "small", Cost = 4, Description = "virtual display, 4 MB video memory")] public static int Small => 4;
    [MdevType("medium", "medium", Cost = 16, Description = "virtual display, 16 MB video memory")] public static int Medium => 16;
    [MdevType("large", "large", Cost = 64, Description = "virtual display, 64 MB video memory")] public static int Large => 64;
}
