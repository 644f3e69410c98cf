namespace Mbochs;

/// <summary>A display of the Bochs kind: video memory that the guest maps, and a page of registers.</summary>
[PciDevice(0x1234, 0x1111, Class = 0x03_80_00, Revision = 1, SubsystemVendor = 0x1af4, Subsystem = 0x1100, Command = 0x0003)]
public sealed partial class MbochsDevice : PciDevice, IDisplay
{
    private readonly DisplayModel _model;

    public MbochsDevice(DisplayModel model, MbochsParent parent)
    {
        _model = model;
        Vram = new(model.Megabytes << 20);
        Edid = new(model, parent.Resolution);
        EdidWindow = new(Edid);
        Dispi = new(model, Hints);
    }

    [Bar(0, BarKind.Memory32Prefetchable)] public MemoryRegion Vram { get; }
    [Bar(2, BarKind.Memory32, Size = 0x1000)] public EdidWindow EdidWindow { get; }
    [Bar(2, BarKind.Memory32, Offset = 0x400)] public VgaPorts VgaPorts { get; } = new();
    [Bar(2, BarKind.Memory32, Offset = 0x500)] public DispiRegisters Dispi { get; }

    // VFIO_REGION_TYPE_GFX, VFIO_REGION_SUBTYPE_GFX_EDID: whoever shows the picture says here what its monitor can do.
    [Region(9, Type = 1, Subtype = 1)] public EdidRegion Edid { get; }

    public ScreenHints Hints { get; } = new();
    public Scanout Scanout => Dispi.Scanout(Vram);

    [MdevAttribute("vendor/memory")] private string MemorySize => $"{_model.Megabytes} MB";

    [MdevAttribute("vendor/resolution")]
    private string Monitor
    {
        get => Edid.Monitor?.ToString() ?? "none";
        set => Edid.Monitor = value == "none" ? null : Resolution.Parse(value);
    }
}
