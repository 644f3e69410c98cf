using System.Buffers.Binary;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Wire.Tests.Support;

/// <summary>Two megabytes of memory: a region that a message cannot take at once.</summary>
internal sealed class LargeBlock : IRegisterBlock
{
    public const uint Size = 2 << 20;

    private readonly byte[] _memory = new byte[Size];

    public RegisterBlockInfo Info { get; } =
        new(nameof(LargeBlock), Size) { Bus = AccessWidth.Qword, Wide = WideAccess.EveryLane, Unmapped = Unmapped.ReadZero };

    public bool TryReadLane(uint offset, ulong enabled, out ulong value)
    {
        value = BinaryPrimitives.ReadUInt64LittleEndian(_memory.AsSpan((int)offset));
        return true;
    }

    public bool TryWriteLane(uint offset, ulong value, ulong enabled)
    {
        Span<byte> lane = _memory.AsSpan((int)offset, 8);
        ulong old = BinaryPrimitives.ReadUInt64LittleEndian(lane);
        BinaryPrimitives.WriteUInt64LittleEndian(lane, (old & ~enabled) | (value & enabled));
        return true;
    }

    public string? NameAt(uint offset, bool write) => "Memory";

    public void Reset(ResetKind kind) => _memory.AsSpan().Clear();
}
