namespace Mdev.Devices;

/// <summary>Offers one educational device.</summary>
[MdevParent("edu")]
public sealed partial class EduParent : MdevParent<Edu, int>
{
    [MdevType("1", "Educational device")] public static int Only => 0;
}

/// <summary>QEMU's educational device. Source: QEMU, docs/specs/edu.rst.</summary>
[PciDevice(0x1234, 0x11e8, Class = 0xff_00_00, Revision = 0x10)]
public sealed partial class Edu : PciDevice
{
    public Edu() => Registers = new EduRegisters(this, Irq);

    [Bar(0, BarKind.Memory32)] public EduRegisters Registers { get; }
    [IntX, Msi] public InterruptLine Irq { get; } = new();
}
