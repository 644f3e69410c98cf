namespace Mdev.Tree.Tests.Parents;

/// <summary>The kernel's mdpy as tools see it: a number of instances in all, which the core counts.</summary>
[MdevParent("mdpy", MaxInstances = 4)]
public sealed partial class MdpyParent : MdevParent<Frame, int>
{
    [MdevType("vga", "vga")] public static int Vga => 0;
    [MdevType("xga", "xga")] public static int Xga => 1;
    [MdevType("hd", "hd")] public static int Hd => 2;
}
