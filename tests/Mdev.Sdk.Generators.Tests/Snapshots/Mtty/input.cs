namespace Mtty;

public sealed record MttyConfig(int Ports);

[MdevParent("mtty", Capacity = 24)]
public sealed partial class MttyParent : MdevParent<MttyDevice, MttyConfig>
{
    [MdevType("1", "Single port serial", Cost = 1)] public static MttyConfig OnePort { get; } = new(Ports: 1);
    [MdevType("2", "Dual \"port\" serial", Cost = 2)] public static MttyConfig TwoPorts { get; } = new(Ports: 2);
}

[PciDevice(0x4348, 0x3253, Class = 0x07_00_02, Revision = 0x10, SubsystemVendor = 0x4348, Subsystem = 0x3253, Command = 0x0001, Status = 0x0200)]
[ConfigData(0x40, 0x23, 0x00, 0x00, 0x80)]
[ConfigData(0x60, "PCI Serial/UART")]
[ConfigData(0x80, "line\n")]
public sealed partial class MttyDevice : PciDevice
{
    public MttyDevice(MttyConfig config, MttyParent parent)
    {
        Port0 = new Uart(Irq);
        Port1 = config.Ports == 2 ? new Uart(Irq) : null;
        Parent = parent;
    }

    public MttyParent Parent { get; }

    [Bar(1, BarKind.Io)] public Uart? Port1 { get; }
    [Bar(0, BarKind.Io)] public Uart Port0 { get; }
    [IntX, Msi(0, Capability = false)] public InterruptLine Irq { get; } = new();
}

[Flags] public enum InterruptEnable : byte { Rdi = 1, Thri = 2, Rlsi = 4, Msi = 8 }

[BitFields(AccessWidth.Byte)]
public partial struct LineControl
{
    [Bits(1, 0)] public partial int WordLength { readonly get; set; }
    [Bits(7)] public partial bool DivisorLatch { readonly get; set; }
}

[RegisterBlock(8, Bus = AccessWidth.Byte, Wide = WideAccess.FirstLane)]
public sealed partial class Uart(InterruptLine irq)
{
    private byte _data, _divisor;

    private bool DivisorLatch => Lcr.DivisorLatch;

    [OnRead(0, Unless = nameof(DivisorLatch), Name = "RBR")] private byte Receive() => _data;
    [OnWrite(0, Unless = nameof(DivisorLatch), Name = "THR")] private void Transmit(byte value) => _data = value;
    [OnRead(0, When = nameof(DivisorLatch), Name = "DLL")] private byte DivisorLow() => _divisor;
    [OnWrite(0, When = nameof(DivisorLatch), Name = "DLL")] private void DivisorLowWritten(byte value) => _divisor |= value;
    [Register(1, Unless = nameof(DivisorLatch), Mask = 0x0f)] public partial InterruptEnable Ier { get; set; }
    [OnWrite(nameof(Ier))] private void IerWritten(InterruptEnable value) { if (value != 0) irq.Pulse(); }
    [OnRead(2, Name = "IIR")] private byte Identify() => 1;
    [OnWrite(2, Name = "FCR")] private void ControlFifo(byte value) { }
    [Register(3)] public partial LineControl Lcr { get; set; }
    [OnWrite(nameof(Lcr))] private void LcrWritten(LineControl old, LineControl value) { if (old != value) _divisor = 0; }
    [Register(4)] public partial byte Mcr { get; set; }
    [OnRead(5, Name = "LSR")] private static byte LineStatus() => 0x60;
    [OnRead(6, Name = "MSR")] private byte ModemStatus() => Mcr;
    [Register(7, Reset = 0x5a)] public partial byte Scr { get; set; }
    [OnReset] private void Clear() => _data = 0;
}
