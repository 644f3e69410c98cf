using System.Buffers.Binary;
using Mdev.Sdk.Dma;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Wire.Tests.Support;

/// <summary>The registers of <see cref="TestDevice"/>, written by hand so that no generator is needed.</summary>
/// <remarks>
/// <c>00-3f</c> memory. <c>40</c> bit 0 is the level of line 0, bit 1 pulses it. <c>44</c> pulses the line of the value.
/// <c>48</c> throws. <c>50</c> and <c>54</c> a guest address; <c>58</c> copies that many bytes from the guest to 00,
/// <c>5c</c> from 00 to the guest; <c>60</c> 1 if the last copy was done. Nothing claims what comes behind.
/// </remarks>
internal sealed class TestBlock(InterruptLine[] lines, GuestMemory memory) : IRegisterBlock
{
    public const int MemorySize = 0x40;
    public const uint Size = 0x100;

    private readonly byte[] _memory = new byte[MemorySize];
    private ulong _address;
    private bool _copied;
    private uint _level;

    public RegisterBlockInfo Info { get; } =
        new(nameof(TestBlock), Size) { Bus = AccessWidth.Dword, Wide = WideAccess.EveryLane, Unmapped = Unmapped.ReadOnes };

    public bool TryReadLane(uint offset, ulong enabled, out ulong value)
    {
        value = offset switch
        {
            < MemorySize => BinaryPrimitives.ReadUInt32LittleEndian(_memory.AsSpan((int)offset)),
            0x40 => _level,
            0x48 => throw new InvalidOperationException("A handler of a vendor's fails."),
            0x50 => (uint)_address,
            0x54 => (uint)(_address >> 32),
            0x60 => _copied ? 1u : 0,
            0x64 => (uint)GC.GetAllocatedBytesForCurrentThread(),
            _ => 0,
        };
        return offset is < MemorySize or 0x40 or 0x50 or 0x54 or 0x60 or 0x64;
    }

    public bool TryWriteLane(uint offset, ulong value, ulong enabled)
    {
        uint bits = (uint)(value & enabled);
        switch (offset)
        {
            case < MemorySize:
                uint old = BinaryPrimitives.ReadUInt32LittleEndian(_memory.AsSpan((int)offset));
                BinaryPrimitives.WriteUInt32LittleEndian(_memory.AsSpan((int)offset), (old & ~(uint)enabled) | bits);
                return true;
            case 0x40:
                SetLevel(bits);
                return true;
            case 0x44:
                lines[bits].Pulse();
                return true;
            case 0x48:
                throw new InvalidOperationException("A handler of a vendor's fails.");
            case 0x50:
                _address = (_address & 0xffff_ffff_0000_0000) | bits;
                return true;
            case 0x54:
                _address = (uint)_address | ((ulong)bits << 32);
                return true;
            case 0x58:
                _copied = memory.TryRead(_address, _memory.AsSpan(0, (int)bits));
                return true;
            case 0x5c:
                _copied = memory.TryWrite(_address, _memory.AsSpan(0, (int)bits));
                return true;
            default:
                return false;
        }
    }

    public string? NameAt(uint offset, bool write) => offset < MemorySize ? "Memory" : null;

    public void Reset(ResetKind kind)
    {
        _memory.AsSpan().Clear();
        (_address, _copied, _level) = (0, false, 0);
    }

    private void SetLevel(uint bits)
    {
        _level = bits & 1;
        if (_level != 0)
            lines[0].Assert();
        else
            lines[0].Deassert();
        if ((bits & 2) != 0)
            lines[0].Pulse();
    }
}
