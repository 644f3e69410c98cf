using Mdev.Sdk;
using Mdev.Sdk.Registers;

namespace Mdev.Bench.Blocks;

/// <summary>
/// The shape of samples/Mtty/Uart16550.cs: a byte-wide bus, offsets shared by DLAB, stored registers with and without a
/// handler. The handlers do next to nothing, so that the dispatch is what is measured.
/// </summary>
[RegisterBlock(8, Bus = AccessWidth.Byte, Wide = WideAccess.FirstLane)]
public sealed partial class ByteBlock
{
    private byte _received;
    private ushort _divisor;
    private int _signals;

    private bool Dlab => (Lcr & 0x80) != 0;

    [OnRead(0, Unless = nameof(Dlab), Name = "RBR")] private byte Receive() => _received;
    [OnWrite(0, Unless = nameof(Dlab), Name = "THR")] private void Transmit(byte value) => _received = value;
    [OnRead(0, When = nameof(Dlab), Name = "DLL")] private byte DivisorLow() => (byte)_divisor;
    [OnWrite(0, When = nameof(Dlab), Name = "DLL")] private void AddDivisorLow(byte value) => _divisor |= value;
    [OnRead(1, When = nameof(Dlab), Name = "DLM")] private byte DivisorHigh() => (byte)(_divisor >> 8);
    [OnWrite(1, When = nameof(Dlab), Name = "DLM")] private void AddDivisorHigh(byte value) => _divisor |= (ushort)(value << 8);

    [Register(1, Unless = nameof(Dlab), Mask = 0x0f)] public partial byte Ier { get; set; }
    [OnWrite(nameof(Ier))] private void InterruptsEnabled(byte value) => _signals += value;

    [OnRead(2, Name = "IIR")] private byte IdentifyInterrupt() => (byte)(0xc0 | (_signals & 0x0f));
    [OnWrite(2, Name = "FCR")] private void ControlFifo(byte value) => _signals = value;

    [Register(3)] public partial byte Lcr { get; set; }
    [OnWrite(nameof(Lcr))] private void LineControlled(byte value) => _divisor = (value & 0x80) != 0 ? default : _divisor;

    [Register(4)] public partial byte Mcr { get; set; }
    [OnWrite(nameof(Mcr))] private void ModemControlled(byte value) => _signals ^= value;

    [OnRead(5, Name = "LSR")] private byte LineStatus() => (byte)(0x60 | (_received & 0x01));
    [OnRead(6, Name = "MSR")] private byte ModemStatus() => (byte)(0xa2 | (Mcr & 0x11));

    [Register(7)] public partial byte Scr { get; set; }
}
