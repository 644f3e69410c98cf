using Mdev.Sdk;
using Mdev.Sdk.Device;
using Mdev.Sdk.Pci;

namespace Mdev.Bench.Blocks;

/// <summary>A device with a BAR of plain memory, for transfers of many bytes by a client that has not mapped it.</summary>
[PciDevice(0x1234, 0x0003, Class = 0xff_00_00)]
public sealed partial class MemoryDevice : PciDevice
{
    [Bar(0, BarKind.Memory32)] public MemoryRegion Bytes { get; } = new(1 << 20);
}
