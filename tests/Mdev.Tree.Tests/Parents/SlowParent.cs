namespace Mdev.Tree.Tests.Parents;

[MdevParent("slow", Capacity = 5000)]
public sealed partial class SlowParent : MdevParent<SlowDevice, int>
{
    [MdevType("1", "Slow")] public static int One => 1;
}
