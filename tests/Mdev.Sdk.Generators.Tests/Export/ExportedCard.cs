using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Generators.Tests.Export;

/// <summary>A card with one of each.</summary>
[PciDevice(0x1234, 0x5678, Class = 0x05_80_00, Revision = 3)]
public sealed partial class ExportedCard : PciDevice
{
    [Bar(0, BarKind.Memory32)] public CardRegisters Registers { get; } = new();
    [Bar(1, BarKind.Io)] public Swapped Swapped { get; } = new();
    [Bar(2, BarKind.Memory64Prefetchable)] public CardChannel Channel { get; } = new();
    [IntX, Msi] public InterruptLine Line { get; } = new();
}
