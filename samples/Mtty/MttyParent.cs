using Mdev.Sdk.Terminals;

namespace Mtty;

/// <summary>24 serial ports, handed out as cards of one or two. Source: Linux samples/vfio-mdev/mtty.c.</summary>
/// <param name="openFarEnd">Opens what a port is wired to; <see langword="null"/> for the kernel's loop-back.</param>
[MdevParent("mtty", Capacity = 24)]
public sealed partial class MttyParent(Func<int, Terminal?> openFarEnd) : MdevParent<MttyDevice, int>
{
    [MdevType("1", "Single port serial", Cost = 1)] public static int SinglePort => 1;
    [MdevType("2", "Dual port serial", Cost = 2)] public static int DualPort => 2;

    public Terminal? OpenFarEnd(int port) => openFarEnd(port);
}
