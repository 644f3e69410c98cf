using Mdev.Sdk;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;

namespace Mdev.Bench.Blocks;

/// <summary>What is served: a PCI device of two register blocks and an interrupt, as a vendor would declare it.</summary>
[PciDevice(0x1234, 0x0001, Class = 0xff_00_00)]
public sealed partial class BenchDevice : PciDevice
{
    [Bar(0, BarKind.Memory32)] public DwordBlock Dwords { get; } = new();

    [Bar(1, BarKind.Io)] public ByteBlock Bytes { get; } = new();

    [IntX, Msi] public InterruptLine Line { get; } = new();
}
