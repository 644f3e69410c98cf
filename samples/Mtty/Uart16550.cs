using Mdev.Sdk.Terminals;

namespace Mtty;

/// <summary>IER: which causes interrupt.</summary>
[Flags]
public enum InterruptEnable : byte { ReceivedData = 0x01, TransmitterEmpty = 0x02, LineStatus = 0x04, ModemStatus = 0x08 }

/// <summary>LCR: the line's format, which a loop-back has no use for, and the divisor latch.</summary>
[BitFields(AccessWidth.Byte)]
public partial struct LineControl
{
    [Bits(5, 0)] public partial int Format { readonly get; set; }
    [Bits(6)] public partial bool Break { readonly get; set; }
    [Bits(7)] public partial bool DivisorLatch { readonly get; set; }
}

/// <summary>
/// A 16550A whose transmitter is wired to its own receiver: one FIFO, which THR fills and RBR empties. Registers: TL16C550C
/// data sheet. Quirks, marked MT and its number: what Linux samples/vfio-mdev/mtty.c does instead, as recorded in
/// tests/Traces. With a far end, the FIFO holds what comes from there, and THR goes there.
/// </summary>
[RegisterBlock(8, Bus = AccessWidth.Byte, Wide = WideAccess.FirstLane)]
public sealed partial class Uart16550(InterruptLine irq, Terminal? farEnd) : IDisposable
{
    private const int FifoSize = 16;
    private const byte FifosEnabled = 0xc0;

    private readonly byte[] _fifo = new byte[FifoSize];
    private int _head, _tail, _count, _depth, _trigger;
    private bool _overrun;
    private ushort _divisor;

    // MT1: a full FIFO has its head on its tail, so it counts as empty; only FCR gets the port out of that.
    private bool Empty => _head == _tail;
    private bool TransmitterEmpty => Empty || farEnd is not null;
    private bool Dlab => LCR.DivisorLatch;

    [OnRead(0, Unless = nameof(Dlab), Name = "RBR")]
    private byte Receive()
    {
        byte value = Empty ? (byte)0 : Take();
        SignalIf(Empty && farEnd is null, InterruptEnable.TransmitterEmpty);
        FarEndChanged();
        return value;
    }

    [OnWrite(0, Unless = nameof(Dlab), Name = "THR")]
    private void Transmit(byte value)
    {
        if (farEnd is not null)
        {
            farEnd.Write(value);
            SignalIf(true, InterruptEnable.TransmitterEmpty);
        }
        else if (_count >= _depth)
        {
            _overrun = true;
            SignalIf(true, InterruptEnable.LineStatus);
        }
        else
        {
            Put(value);
            SignalIf(_count == _trigger, InterruptEnable.ReceivedData); // MT3: when the level is met, not above it.
        }
    }

    // MT8: the divisor gathers the bits written to it until LCR starts it afresh.
    [OnRead(0, When = nameof(Dlab), Pure = true, Name = "DLL")] private byte DivisorLow() => (byte)_divisor;
    [OnWrite(0, When = nameof(Dlab), Name = "DLL")] private void AddDivisorLow(byte value) => _divisor |= value;
    [OnRead(1, When = nameof(Dlab), Pure = true, Name = "DLM")] private byte DivisorHigh() => (byte)(_divisor >> 8);
    [OnWrite(1, When = nameof(Dlab), Name = "DLM")] private void AddDivisorHigh(byte value) => _divisor |= (ushort)(value << 8);

    [Register(1, Unless = nameof(Dlab), Mask = 0x0f)] public partial InterruptEnable IER { get; set; }

    [OnWrite(nameof(IER))]
    private void InterruptsEnabled(InterruptEnable value)
    {
        SignalIf(TransmitterEmpty, InterruptEnable.TransmitterEmpty);
        FarEndChanged();
    }

    // MT4 to MT7: causes are or-ed, modem status shows none, reading acknowledges nothing.
    [OnRead(2, Pure = true, Name = "IIR")]
    private byte IdentifyInterrupt()
    {
        int causes = (IER.HasFlag(InterruptEnable.LineStatus) && _overrun ? 0x06 : 0)
            | (IER.HasFlag(InterruptEnable.ReceivedData) && _count >= _trigger ? 0x04 : 0)
            | (IER.HasFlag(InterruptEnable.TransmitterEmpty) && TransmitterEmpty ? 0x02 : 0);
        return (byte)(FifosEnabled | (causes == 0 ? 0x01 : causes));
    }

    [OnWrite(2, Name = "FCR")]
    private void ControlFifo(byte value)
    {
        const int Enable = 0x01, Clear = 0x06;
        if ((value & Clear) != 0)
            _count = _head = _tail = 0;
        _trigger = 1; // MT2: whatever bits 7:6 ask for.
        _depth = (value & Enable) != 0 ? FifoSize : 1;
        FarEndChanged();
    }

    [Register(3)] public partial LineControl LCR { get; set; }
    [OnWrite(nameof(LCR))] private void LineControlled(LineControl value) => _divisor = value.DivisorLatch ? default : _divisor;

    [Register(4)] public partial byte MCR { get; set; }

    [OnWrite(nameof(MCR))]
    private void ModemControlled(byte value)
    {
        const int Out2 = 0x08, RtsOrDtr = 0x03;
        SignalIf((value & Out2) != 0, InterruptEnable.ModemStatus);
        SignalIf((value & RtsOrDtr) != 0, InterruptEnable.ModemStatus); // MT9: a second signal for one write.
    }

    [OnRead(5, Pure = true, Name = "LSR")]
    private byte LineStatus()
    {
        const int DataReady = 0x01, Overrun = 0x02, TransmitterIdle = 0x60;
        return (byte)((Empty ? 0 : DataReady) | (_overrun ? Overrun : 0) | (TransmitterEmpty ? TransmitterIdle : 0));
    }

    [OnRead(6, Pure = true, Name = "MSR")]
    private byte ModemStatus()
    {
        const int CarrierAndDataSet = 0xa2, ClearToSend = 0x11, AutoFlowControl = 0x20;
        bool stopped = (MCR & AutoFlowControl) != 0 && _count >= _depth;
        return (byte)(CarrierAndDataSet | (stopped ? 0 : ClearToSend));
    }

    [Register(7)] public partial byte SCR { get; set; }

    [OnReset]
    private void Clear()
    {
        _head = _tail = _count = _trigger = _divisor = 0;
        _depth = FifoSize;
        _overrun = false;
        FarEndChanged();
    }

    /// <summary>Takes a byte from the far end, unless the FIFO has no room: filled to the brim it would be in MT1.</summary>
    public bool TryDeliver(byte value)
    {
        if (_count >= Math.Min(_depth, FifoSize - 1))
            return false;
        Put(value);
        FarEndChanged();
        return true;
    }

    public void Dispose() => farEnd?.Dispose();

    private void Put(byte value)
    {
        _fifo[_head] = value;
        _head = (_head + 1) % FifoSize;
        _count++;
        _overrun = false;
    }

    private byte Take()
    {
        byte value = _fifo[_tail];
        _tail = (_tail + 1) % FifoSize;
        _count--;
        return value;
    }

    // MT11: a pulse that meets a masked pin is lost.
    private void SignalIf(bool happened, InterruptEnable cause)
    {
        if (happened && IER.HasFlag(cause))
            irq.Pulse();
    }

    // A person does not type again because a pulse was lost, so what comes from the far end holds the line high.
    private void FarEndChanged()
    {
        if (farEnd is not null && IER.HasFlag(InterruptEnable.ReceivedData) && _count > 0)
            irq.Assert();
        else
            irq.Deassert();
        farEnd?.NotifyRoom();
    }
}
