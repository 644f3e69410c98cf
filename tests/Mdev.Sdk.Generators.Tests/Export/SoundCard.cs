using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Generators.Tests.Export;

/// <summary>A card with what is no plain register: windows, memory, doorbells, a capability of its own.</summary>
[PciDevice(0x1234, 0x50d, Class = 0x04_01_00)]
public sealed partial class SoundCard : PciDevice
{
    [Bar(0, BarKind.Memory32)] public SoundRegisters Registers { get; } = new();
    [Bar(0, BarKind.Memory32, Offset = 0x1000)] public MemoryRegion Ring { get; } = new(0x1000);
    [Bar(0, BarKind.Memory32, Offset = 0x2000)] public DoorbellArea Doorbells { get; } = new(count: 4, stride: 8);
    [Bar(2, BarKind.Memory64Prefetchable)] public MemoryRegion @Samples { get; } = new(0x4000);
    [Bar(1, BarKind.Memory32, Mapped = false)] public MemoryRegion Notes { get; } = new(0x100);
    [Region(9, Type = 1, Subtype = 2, ReadOnly = true)] public MemoryRegion Edid { get; } = new(0x1000);
    [Region(10)] public SoundVoice Extra { get; } = new();
    [Capability(0x09)] public SoundMailbox Mailbox { get; } = new();
    [IntX] public InterruptLine Line { get; } = new();
}
