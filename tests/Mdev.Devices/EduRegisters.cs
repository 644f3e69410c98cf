namespace Mdev.Devices;

/// <summary>0x20, status.</summary>
[BitFields(AccessWidth.Dword)]
public partial struct EduStatus
{
    [Bits(0, Access = Access.RO)] public partial bool Computing { readonly get; set; }
    [Bits(7)] public partial bool RaiseInterrupt { readonly get; set; }
}

/// <summary>0x98, DMA command.</summary>
[BitFields(AccessWidth.Qword)]
public partial struct EduCommand
{
    [Bits(0, Access = Access.RW1S)] public partial bool Run { readonly get; set; }
    [Bits(1)] public partial bool FromDevice { readonly get; set; }
    [Bits(2)] public partial bool RaiseInterrupt { readonly get; set; }
}

/// <summary>The registers of the educational device; from 0x80 on of 64 bits, which 32-bit accesses reach by halves.</summary>
[RegisterBlock(0x10_0000, Bus = AccessWidth.Qword, Min = AccessWidth.Dword, Max = AccessWidth.Qword, Unmapped = Unmapped.ReadOnes)]
public sealed partial class EduRegisters(Edu device, InterruptLine irq)
{
    private const uint FactorialDone = 0x001, DmaDone = 0x100;
    private const ulong BufferStart = 0x4_0000, AddressBits = (1 << 28) - 1;

    private readonly byte[] _buffer = new byte[4096];

    [Register(0x00, Access = Access.RO, Reset = 0x0100_00ed)] public partial uint Identification { get; }

    [Register(0x04)] public partial uint Liveness { get; set; }
    [OnWrite(nameof(Liveness))] private static uint Invert(uint value) => ~value;

    [Register(0x08)] public partial uint Factorial { get; set; }
    [Register(0x20)] public partial EduStatus Status { get; set; }

    [Register(0x24, Access = Access.RO), InterruptStatus(nameof(irq))]
    [Alias(0x60, Access = Access.W1S, Name = "InterruptRaise"), Alias(0x64, Access = Access.W1C, Name = "InterruptAcknowledge")]
    public partial uint InterruptStatus { get; set; }

    [Register(0x80, WritableWhen = nameof(Idle))] public partial ulong Source { get; set; }
    [Register(0x88, WritableWhen = nameof(Idle))] public partial ulong Destination { get; set; }
    [Register(0x90, WritableWhen = nameof(Idle))] public partial ulong Count { get; set; }
    [Register(0x98, WritableWhen = nameof(Idle))] public partial EduCommand Command { get; set; }

    private bool Idle => !Command.Run;

    [OnWrite(nameof(Factorial))]
    private uint Compute(uint old, uint value)
    {
        if (Status.Computing)
            return old;
        Status = Status with { Computing = true };
        device.Post(() =>
        {
            uint product = 1;
            for (uint factor = value; factor > 0 && product != 0; factor--)
                product = unchecked(product * factor);
            Factorial = product;
            Status = Status with { Computing = false };
            if (Status.RaiseInterrupt)
                InterruptStatus |= FactorialDone;
        });
        return value;
    }

    [OnWrite(nameof(Command))]
    private void Commanded(EduCommand old, EduCommand value)
    {
        if (value.Run && !old.Run)
            device.Post(Transfer);
    }

    private void Transfer()
    {
        ulong inside = Command.FromDevice ? Source : Destination, outside = (Command.FromDevice ? Destination : Source) & AddressBits;
        if (inside >= BufferStart && inside - BufferStart <= 4096 && Count <= 4096 - (inside - BufferStart))
        {
            Span<byte> bytes = _buffer.AsSpan((int)(inside - BufferStart), (int)Count);
            _ = Command.FromDevice ? device.Memory.TryWrite(outside, bytes) : device.Memory.TryRead(outside, bytes);
        }

        if (Command.RaiseInterrupt)
            InterruptStatus |= DmaDone;
        Command = Command with { Run = false };
    }
}
