namespace Cards;

[PciDevice(0x1af4, 0x10f0, Subsystem = 0)]
[PciExpress(Speed = LinkSpeed.Gen3, Width = LinkWidth.X4)]
[PowerManagement(NoSoftReset = true, Offset = 0xe0)]
[MsiXTable(0, Table = 0x2000, Vectors = 8)]
[VendorCapability(0x01, 0xff)]
[VendorCapability]
[SerialNumber(0x0123_4567_89ab_cdef)]
public sealed partial class Everything : PciDevice
{
    [Bar(0, BarKind.Memory64)] public Registers Registers { get; } = new();
    [IntX, Msi, MsiX] public InterruptLine Irq { get; } = new();
    [MsiX(7)] public InterruptLine Last { get; } = new();
    [Capability(0x09, Offset = 0xc0)] public Mailbox Mailbox { get; } = new();
    [ExtendedCapability(0x000b, 2)] public Mailbox? Telemetry { get; }
    [ExpansionRom] public RomImage? Rom { get; }
}

[PciDevice(0x1af4, 0x10f1, Subsystem = 0)]
public sealed partial class Least : PciDevice
{
    [Bar(0, BarKind.Memory64)] public Registers Registers { get; } = new();
    [MsiX(3)] public InterruptLine @event { get; } = new();
    [SerialNumber] public ulong Serial => 1;
}

[RegisterBlock(0x10)] public sealed partial class Registers;

[RegisterBlock(0x10)] public sealed partial class Mailbox;
