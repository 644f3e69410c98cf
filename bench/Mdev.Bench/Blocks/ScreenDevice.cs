using Mdev.Sdk;
using Mdev.Sdk.Device;
using Mdev.Sdk.Display;
using Mdev.Sdk.Pci;

namespace Mdev.Bench.Blocks;

/// <summary>Offers a screen.</summary>
[MdevParent("screen")]
public sealed partial class ScreenParent : MdevParent<ScreenDevice, int>
{
    [MdevType("1", "Screen of 1024x768")] public static int Only => 0;
}

/// <summary>A screen whose memory a guest maps and draws to, of which the device hears nothing.</summary>
[PciDevice(0x1234, 0x0004, Class = 0x03_80_00)]
public sealed partial class ScreenDevice : PciDevice, IDisplay
{
    public const int Width = 1024, Height = 768;

    [Bar(0, BarKind.Memory32Prefetchable)] public MemoryRegion Pixels { get; } = new(4 << 20);

    Scanout IDisplay.Scanout => new(Pixels, 0, Width, Height, Width * 4);
}
