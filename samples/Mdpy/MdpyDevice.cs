using System.Numerics;

namespace Mdpy;

/// <summary>A frame buffer without registers: what its driver must know stands in config space.</summary>
[PciDevice(0x1b36, 0x000f, Class = 0x03_80_00, Revision = 1, SubsystemVendor = 0x1af4, Subsystem = 0x1100, Command = 0x0003)]
public sealed partial class MdpyDevice : PciDevice, IDisplay
{
    private readonly Mode _mode;

    public MdpyDevice(Mode mode)
    {
        _mode = mode;
        FrameBuffer = new(BitOperations.RoundUpToPowerOf2((uint)(mode.Stride * mode.Height)));
        Format = new(mode, FrameBuffer);
    }

    [Bar(0, BarKind.Memory32Prefetchable)] public MemoryRegion FrameBuffer { get; }
    [Capability(0x09, Offset = 0x40)] public FormatCapability Format { get; }

    public Scanout Scanout => new(FrameBuffer, 0, _mode.Width, _mode.Height, _mode.Stride);

    [MdevAttribute("vendor/resolution")] private string Resolution => $"{_mode.Width}x{_mode.Height}";
}
