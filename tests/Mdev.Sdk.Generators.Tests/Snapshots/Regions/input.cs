// Registers, memory and doorbells in shared BARs, regions of the device's own, and a device that is not PCI.
namespace Regions;

/// <summary>Some registers.</summary>
[RegisterBlock(0x10)]
public sealed partial class Control
{
    /// <summary>Enable.</summary>
    [Register(0x0)] public partial uint Enable { get; set; }
}

/// <summary>A card.</summary>
[PciDevice(0x1af4, 0x10f0)]
public sealed partial class Card(long bytes) : PciDevice
{
    /// <summary>Doorbells.</summary>
    [Bar(0, BarKind.Memory64, Offset = 0x2000)] public DoorbellArea Doorbells { get; } = new(64, 4);

    /// <summary>Registers, first in their BAR.</summary>
    [Bar(0, BarKind.Memory64, Size = 0x10000)] public Control Control { get; } = new();

    /// <summary>What a type may not have.</summary>
    [Bar(0, BarKind.Memory64, Offset = 0x40, Mapped = false)] public MemoryRegion? Mailbox { get; }

    /// <summary>All of a BAR.</summary>
    [Bar(2, BarKind.Memory32Prefetchable)] public MemoryRegion Vram { get; } = new(bytes);

    /// <summary>For clients that look for it.</summary>
    [Region(9, Type = 1, Subtype = 1, ReadOnly = true)] public MemoryRegion Edid { get; } = new(0x1000);
}

/// <summary>A channel.</summary>
[VfioDevice(DeviceApi.Ccw)]
public sealed partial class Channel : VfioDevice
{
    /// <summary>Where requests lie.</summary>
    [Region(0)] public Control Control { get; } = new();

    /// <summary>Behind it.</summary>
    [Region(0, Offset = 0x1000)] public MemoryRegion Data { get; } = new(0x1000);

    /// <summary>A request is done.</summary>
    [Irq(0)] public InterruptLine Done { get; } = new();

    /// <summary>A level.</summary>
    [Irq(2, IrqKind.Level)] public InterruptLine Attention { get; } = new();
}

/// <summary>Offers channels.</summary>
[MdevParent("channels")]
public sealed partial class Parent : MdevParent<Channel, int>
{
    /// <summary>The only type.</summary>
    [MdevType("1", "A channel")] public static int Only => 0;
}
