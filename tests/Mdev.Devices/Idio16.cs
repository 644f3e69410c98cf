namespace Mdev.Devices;

/// <summary>Offers one card.</summary>
[MdevParent("idio")]
public sealed partial class Idio16Parent : MdevParent<Idio16, int>
{
    [MdevType("16", "16 isolated inputs, 16 outputs")] public static int Only => 0;
}

/// <summary>ACCES PCI-IDIO-16. Source: the card's manual, and the names that Linux gives its registers (gpio-idio-16).</summary>
[PciDevice(0x494f, 0x0dc8, Class = 0x11_80_00)]
public sealed partial class Idio16 : PciDevice
{
    public Idio16() => Registers = new Idio16Registers(Irq);

    [Bar(2, BarKind.Io)] public Idio16Registers Registers { get; }
    [IntX] public InterruptLine Irq { get; } = new();
}

/// <summary>The card with a plug that wires each output to the input of its number.</summary>
[RegisterBlock(8, Bus = AccessWidth.Byte)]
public sealed partial class Idio16Registers(InterruptLine irq)
{
    private const byte ChangeOfState = 0x04;

    private bool _enabled;

    [Register(0x0)] public partial byte OutputsLow { get; set; }
    [Register(0x4)] public partial byte OutputsHigh { get; set; }
    [OnWrite(nameof(OutputsLow))] private void LowWritten(byte old, byte value) => InputsBecame(old, value);
    [OnWrite(nameof(OutputsHigh))] private void HighWritten(byte old, byte value) => InputsBecame(old, value);

    [OnRead(0x1, Pure = true, Name = "InputsLow")] private byte InputsLow() => OutputsLow;
    [OnRead(0x5, Pure = true, Name = "InputsHigh")] private byte InputsHigh() => OutputsHigh;
    [OnWrite(0x1, Name = "ClearInterrupt")] private void Clear(byte value) => Status = 0;

    // Reading enables the interrupt, writing disables it.
    [OnRead(0x2, Name = "EnableInterrupt")]
    private byte Enable()
    {
        _enabled = true;
        return 0;
    }

    [OnWrite(0x2, Name = "DisableInterrupt")] private void Disable(byte value) => (_enabled, Status) = (false, 0);

    [Register(0x3)] public partial byte InputFilter { get; set; }
    [Register(0x6, Access = Access.RO), InterruptStatus(nameof(irq))] public partial byte Status { get; set; }

    [OnReset] private void Clear() => _enabled = false;

    private void InputsBecame(byte old, byte value)
    {
        if (_enabled && old != value)
            Status |= ChangeOfState;
    }
}
