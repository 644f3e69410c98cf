using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>A PCI Express device with every kind of region and capability that remembers something.</summary>
[PciDevice(0x1234, 0x5679), PowerManagement(NoSoftReset = true), PciExpress]
[MsiXTable(1, Pba = 0x800, Vectors = 3)]
internal sealed partial class StatefulCard : PciDevice
{
    public StatefulCard() => Realize(Guid.NewGuid(), NullLogger.Instance);

    [Bar(0, BarKind.Memory32)] public StatefulBlock Registers { get; } = new();
    [Bar(2, BarKind.Memory64Prefetchable)] public MemoryRegion Mapped { get; } = new(1 << 20);
    [Bar(2, BarKind.Memory64Prefetchable, Offset = 1 << 20)] public DoorbellArea Doorbells { get; } = new(4, 8);
    [Bar(4, BarKind.Memory32, Mapped = false)] public MemoryRegion Trapped { get; } = new(0x100);
    [Region(9, ReadOnly = true)] public MemoryRegion Identity { get; } = new(4096);

    [Capability(0x09)] public StatefulCapability Vendor { get; } = new();
    [ExtendedCapability(0x0b, 1)] public StatefulCapability Extended { get; } = new();

    [MsiX(0)] public InterruptLine First { get; } = new();
    [MsiX(2)] public InterruptLine Last { get; } = new();

    [Saved] public string Note { get; set; } = "";

    [NotSaved] public int PowerChanges { get; private set; }

    protected override void OnPowerStateChanged(PciPowerState state) => PowerChanges++;
}
