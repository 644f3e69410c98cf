using System.Buffers.Binary;

namespace Mdev.Devices;

/// <summary>Offers the exerciser, whole or without what a type may leave out.</summary>
[MdevParent("exerciser")]
public sealed partial class ExerciserParent : MdevParent<Exerciser, bool>
{
    [MdevType("1", "mdev exerciser")] public static bool Whole => true;
    [MdevType("2", "mdev exerciser without mailbox and ROM")] public static bool Bare => false;
}

/// <summary>
/// A bit of everything that PCI has. It says it is a MosChip MCS9900, whose port is the one that Linux's 8250_pci drives by MSI-X;
/// the rest is its own.
/// </summary>
[PciDevice(0x9710, 0x9900, Class = 0x07_00_02, SubsystemVendor = 0xa000, Subsystem = 0x1000)]
[PowerManagement(NoSoftReset = true)]
[PciExpress(Speed = LinkSpeed.Gen3, Width = LinkWidth.X4)]
[MsiXTable(1, Table = 0x1000, Pba = 0x1800)]
[VendorCapability(0x6d, 0x64, 0x65, 0x76, Offset = 0xf0)]
public sealed partial class Exerciser : PciDevice
{
    public Exerciser(bool whole)
    {
        Port = new LoopedPort(Irq);
        Registers = new ExerciserRegisters(this, [Irq, First, Second, Third]);
        Mailbox = whole ? new ExerciserMailbox() : null;
        Rom = whole ? ExerciserRom.Make(0x9710, 0x9900) : null;
    }

    [Bar(0, BarKind.Io)] public LoopedPort Port { get; }
    [Bar(1, BarKind.Memory32)] public ExerciserRegisters Registers { get; }

    [IntX, MsiX] public InterruptLine Irq { get; } = new();
    [MsiX(1)] public InterruptLine First { get; } = new();
    [MsiX(2)] public InterruptLine Second { get; } = new();
    [MsiX(3)] public InterruptLine Third { get; } = new();

    [Capability(0x09)] public ExerciserMailbox? Mailbox { get; }
    [SerialNumber] public ulong Serial => BinaryPrimitives.ReadUInt64LittleEndian(Uuid.ToByteArray());
    [ExtendedCapability(0x000b)] public ExerciserCounter Counter { get; } = new();
    [ExpansionRom] public RomImage? Rom { get; }

    protected override void OnPowerStateChanged(PciPowerState state) => Registers.PowerChanges++;
}
