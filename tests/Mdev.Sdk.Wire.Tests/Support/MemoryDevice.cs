using Mdev.Sdk.Device;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Wire.Tests.Support;

/// <summary>
/// Memory in every place: all of BAR0; between holes of BAR2, beside registers and trapped memory; read-only in region 9; trapped
/// in region 10.
/// </summary>
internal sealed class MemoryDevice : PciDevice
{
    public const int Page = 4096;
    public const uint EdidRegion = 9;
    public const uint TrappedRegion = 10;

    public MemoryRegion Whole { get; } = new(16 * Page);
    public MemoryRegion Part { get; } = new(2 * Page);
    public MemoryRegion Next { get; } = new(Page);
    public MemoryRegion Far { get; } = new(Page) { ClearOnReset = true };
    public MemoryRegion Small { get; } = new(16);
    public MemoryRegion Edid { get; } = new(Page);
    public MemoryRegion Trapped { get; } = new(100);

    protected override void Declare(PciDeclaration pci) => pci
        .Identity(new PciDeviceAttribute(0x1234, 0x5679))
        .Bar(0, BarKind.Memory64Prefetchable, Whole)
        .Bar(new TestBlock([new()], Memory), new BarAttribute(2, BarKind.Memory32))
        .Bar(Small, new BarAttribute(2, BarKind.Memory32) { Offset = 0x204, Mapped = false })
        .Bar(Part, new BarAttribute(2, BarKind.Memory32) { Offset = Page })
        .Bar(Next, new BarAttribute(2, BarKind.Memory32) { Offset = 3 * Page })
        .Bar(Far, new BarAttribute(2, BarKind.Memory32) { Offset = 6 * Page, Size = 16 * Page })
        .Region(Edid, new RegionAttribute(9) { Type = 1, Subtype = 1, ReadOnly = true })
        .Region(Trapped, new RegionAttribute(10) { Mapped = false });
}
