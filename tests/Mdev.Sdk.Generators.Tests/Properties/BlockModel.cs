using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Properties;

/// <summary>
/// What the contract says that a block does, address by address and bit by bit: slow, plain, and no line of it shared with the
/// generator or the runtime.
/// </summary>
internal sealed partial class BlockModel
{
    private readonly RandomBlock _block;
    private readonly ulong[] _values;
    private readonly ulong[] _locked;
    private readonly ulong[] _latched;
    private readonly Dictionary<int, bool>[] _collected;

    public BlockModel(RandomBlock block)
    {
        _block = block;
        _values = new ulong[block.Slots];
        _locked = new ulong[block.Slots];
        _latched = new ulong[block.Addresses];
        _collected = [.. Enumerable.Range(0, block.Addresses).Select(_ => new Dictionary<int, bool>())];
        foreach (RandomRegister register in block.Registers.Where(r => !r.IsAlias))
            _values[register.Slot] = register.Reset;
    }

    public int Page { get; set; }
    public bool Open { get; set; }
    public long Unclaimed { get; private set; }
    public long Unexpected { get; private set; }
    public ulong[] Values => _values;

    public void Read(int offset, Span<byte> into, bool peek)
    {
        if (!peek && IsRefused(offset, into.Length))
        {
            Unclaimed++;
            into.Fill(Nothing);
            return;
        }

        foreach ((int start, int end) in Lanes(offset, into.Length))
        {
            Span<byte> part = into[(start - offset)..(end - offset)];
            bool met = false;
            foreach (RandomRegister asked in Asked(start, end, r => r.CanRead && (peek || IsMet(r, start, end))))
            {
                if (Reached(asked) is not { } register)
                    continue;
                if (!met)
                    part.Clear();
                met = true;

                // All of it before the next register of the lane, which may be another address of this one.
                ReadRegister(register, start, end, part, peek);
                if (!peek)
                    Count(register);
            }

            if (met)
                continue;
            part.Fill(Nothing);
            if (!peek)
                Unclaimed++;
        }
    }

    public void Write(int offset, ReadOnlySpan<byte> from)
    {
        if (IsRefused(offset, from.Length))
        {
            Unclaimed++;
            return;
        }

        foreach ((int start, int end) in Lanes(offset, from.Length))
        {
            bool met = false;
            foreach (RandomRegister asked in Asked(start, end, r => r.CanWrite && IsMet(r, start, end)))
            {
                if (Reached(asked) is not { } register)
                    continue;
                met = true;

                // A write that is dropped is one that met the register: an index counts up.
                if (register.Partial != PartialAccess.Ignore || IsWhole(register, start, end))
                    WritePart(register, start, end, from[(start - offset)..]);
                Count(register);
            }

            if (!met)
                Unclaimed++;
        }
    }

    public void Poke(int offset, ReadOnlySpan<byte> from)
    {
        // Every declared address but aliases, and windows, whatever the access; also one that no write could reach.
        foreach ((int start, int end) in Lanes(offset, from.Length))
        {
            foreach (RandomRegister asked in Asked(start, end, r => !r.Constant && (!r.IsAlias || r.Reach is not null)))
            {
                if (Reached(asked) is not { } register)
                    continue;
                foreach (int bit in Touched(register, start, end))
                    Set(register.Slot, bit, BitOf(register, bit, start, from[(start - offset)..]));
            }
        }
    }

    public void Reset(ResetKind kind)
    {
        Array.Clear(_latched);
        foreach (Dictionary<int, bool> bits in _collected)
            bits.Clear();
        foreach (RandomRegister register in _block.Registers.Where(r => !r.Constant && !r.IsAlias))
        {
            if (register.ResetOn == ResetOn.Warm || (register.ResetOn == ResetOn.Cold && kind == ResetKind.Cold))
                (_values[register.Slot], _locked[register.Slot]) = (register.Reset, 0);
        }
    }

    private byte Nothing => _block.Unmapped == Unmapped.ReadZero ? (byte)0 : (byte)0xff;

    private bool IsRefused(int offset, int length)
    {
        int width = 1;
        while (width < length)
            width *= 2;
        return length < _block.Min || (_block.Max != 0 && length > _block.Max) || (!_block.Unaligned && offset % width != 0);
    }

    private IEnumerable<(int Start, int End)> Lanes(int offset, int length)
    {
        for (int start = offset; start < offset + length;)
        {
            int end = Math.Min(((start / _block.Bus) + 1) * _block.Bus, offset + length);
            yield return (start, end);
            start = end;
        }
    }

    // Conditions are asked once a lane; what an index means, when it is its window's turn.
    private List<RandomRegister> Asked(int start, int end, Func<RandomRegister, bool> answers) =>
        [.. _block.Registers.Where(r => r.Offset < end && r.Offset + r.Bytes > start && IsThere(r) && answers(r)).OrderBy(r => r.Offset)];

    private RandomRegister? Reached(RandomRegister register) =>
        register.Reach is not { } reach ? register : reach(_values[register.IndexSlot]) is { } slot ? register with { Slot = slot } : null;

    private void Count(RandomRegister register)
    {
        ulong index = _values[register.IndexSlot];
        if (register.Reach is not null)
            _values[register.IndexSlot] = (index & ~register.Counter) | ((index + 1) & register.Counter);
    }

    private bool IsThere(RandomRegister register) => !register.IsHidden && (register.Page is null || register.Page == Page);

    private bool IsMet(RandomRegister register, int start, int end) => register.Partial != PartialAccess.Reject || IsWhole(register, start, end);

    // Whether the access, which is of one lane, touches every byte of the register that lies in that lane.
    private bool IsWhole(RandomRegister register, int start, int end)
    {
        int lane = start / _block.Bus * _block.Bus;
        return Math.Max(register.Offset, lane) >= start && Math.Min(register.Offset + register.Bytes, lane + _block.Bus) <= end;
    }

    private IEnumerable<int> Touched(RandomRegister register, int start, int end)
    {
        for (int bit = 0; bit < 8 * register.Bytes; bit++)
        {
            if (AddressOf(register, bit) is var at && at >= start && at < end)
                yield return bit;
        }
    }

    private int AddressOf(RandomRegister register, int bit) =>
        _block.BigEndian ? register.Offset + register.Bytes - 1 - (bit / 8) : register.Offset + (bit / 8);

    private bool BitOf(RandomRegister register, int bit, int start, ReadOnlySpan<byte> from) =>
        ((from[AddressOf(register, bit) - start] >> (bit % 8)) & 1) != 0;

    private void Set(int slot, int bit, bool value) =>
        _values[slot] = value ? _values[slot] | (1UL << bit) : _values[slot] & ~(1UL << bit);
}
