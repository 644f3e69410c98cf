namespace Mdev.Devices;

/// <summary>As much of a 16550 as a driver needs, with a plug that wires its output to its input.</summary>
[RegisterBlock(8, Bus = AccessWidth.Byte)]
public sealed partial class LoopedPort(InterruptLine irq)
{
    private const byte FifosOn = 0xc0, NoCause = 0x01, TransmitterEmpty = 0x02, DataReady = 0x04;
    private const byte LineIdle = 0x60, LineReady = 0x01, Connected = 0xb0;

    private readonly Queue<byte> _line = new();
    private readonly InterruptSource _cause = irq.AddSource();
    private bool _emptied;

    private bool Dlab => (LineControl & 0x80) != 0;

    [Register(0x0, When = nameof(Dlab))] public partial byte DivisorLow { get; set; }
    [Register(0x1, When = nameof(Dlab))] public partial byte DivisorHigh { get; set; }
    [Register(0x1, Unless = nameof(Dlab), Mask = 0x0f)] public partial byte InterruptEnable { get; set; }
    [Register(0x3)] public partial byte LineControl { get; set; }
    [Register(0x4, Mask = 0x1f)] public partial byte ModemControl { get; set; }
    [Register(0x7)] public partial byte Scratch { get; set; }

    [OnRead(0x5, Pure = true, Name = "LineStatus")] private byte LineStatus() => (byte)(LineIdle | (_line.Count > 0 ? LineReady : 0));
    [OnRead(0x6, Pure = true, Name = "ModemStatus")] private static byte ModemStatus() => Connected;
    [OnWrite(0x2, Name = "FifoControl")] private void FifoControl(byte value) => Update();

    [OnRead(0x0, Unless = nameof(Dlab), Name = "Receive")]
    private byte Receive()
    {
        byte value = _line.TryDequeue(out byte first) ? first : (byte)0;
        Update();
        return value;
    }

    [OnWrite(0x0, Unless = nameof(Dlab), Name = "Transmit")]
    private void Transmit(byte value)
    {
        const int Longest = 256;
        if (_line.Count < Longest)
            _line.Enqueue(value);
        _emptied = true;
        Update();
    }

    [OnWrite(nameof(InterruptEnable))]
    private void Enabled(byte old, byte value)
    {
        _emptied |= (value & ~old & TransmitterEmpty) != 0;
        Update();
    }

    [OnRead(0x2, Name = "InterruptIdentification")]
    private byte Identify()
    {
        byte cause = Cause();
        if (cause == TransmitterEmpty)
            _emptied = false;
        Update();
        return (byte)(FifosOn | cause);
    }

    [OnReset]
    private void Clear()
    {
        _line.Clear();
        _emptied = false;
        Update();
    }

    private byte Cause() =>
        (InterruptEnable & 1) != 0 && _line.Count > 0 ? DataReady
        : (InterruptEnable & TransmitterEmpty) != 0 && _emptied ? TransmitterEmpty
        : NoCause;

    private void Update() => _cause.High = Cause() != NoCause;
}
