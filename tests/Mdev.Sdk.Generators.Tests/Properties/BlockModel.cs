using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Properties;

/// <summary>
/// What the contract says that a block does, address by address and bit by bit: slow, plain, and no line of it shared with the
/// generator or the runtime.
/// </summary>
internal sealed class BlockModel
{
    private readonly RandomBlock _block;
    private readonly ulong[] _values;
    private readonly ulong[] _locked;

    public BlockModel(RandomBlock block)
    {
        _block = block;
        _values = new ulong[block.Slots];
        _locked = new ulong[block.Slots];
        foreach (RandomRegister register in block.Registers.Where(r => !r.IsAlias))
            _values[register.Slot] = register.Reset;
    }

    public int Page { get; set; }
    public bool Open { get; set; }
    public long Unclaimed { get; private set; }
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
            foreach (RandomRegister asked in Asked(start, end, r => r.CanRead))
            {
                if (Reached(asked) is not { } register)
                    continue;
                if (!met)
                    part.Clear();
                met = true;
                for (int bit = 0; bit < 8 * register.Bytes; bit++)
                {
                    int address = AddressOf(register, bit);
                    if (address < start || address >= end)
                        continue;
                    bool set = ((_values[register.Slot] >> bit) & 1) != 0;
                    bool shown = register.Inverts ? !set : set && (register.Access[bit] & Access.R) != 0;
                    if (shown)
                        part[address - start] |= (byte)(1 << (bit % 8));
                }

                // Before the next register of the lane, which may be another address of this one.
                foreach (int bit in Touched(register, start, end))
                {
                    if (peek || register.Constant)
                        continue;
                    if ((register.Access[bit] & Access.RC) != 0)
                        Set(register.Slot, bit, false);
                    if ((register.Access[bit] & Access.RS) != 0)
                        Set(register.Slot, bit, true);
                }

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
            foreach (RandomRegister asked in Asked(start, end, r => r.CanWrite))
            {
                if (Reached(asked) is not { } register)
                    continue;
                met = true;
                if (!register.Gated || Open)
                    WriteRegister(register, start, end, from[(start - offset)..]);
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
        foreach (RandomRegister register in _block.Registers.Where(r => !r.Constant && !r.IsAlias))
        {
            if (register.ResetOn == ResetOn.Warm || (register.ResetOn == ResetOn.Cold && kind == ResetKind.Cold))
                (_values[register.Slot], _locked[register.Slot]) = (register.Reset, 0);
        }
    }

    private byte Nothing => _block.Unmapped == Unmapped.ReadZero ? (byte)0 : (byte)0xff;

    private void WriteRegister(RandomRegister register, int start, int end, ReadOnlySpan<byte> from)
    {
        ulong old = _values[register.Slot], now = old, lockedNow = 0;
        foreach (int bit in Touched(register, start, end))
        {
            if (((register.Mask >> bit) & 1) == 0 || register.Constant)
                continue;
            bool one = BitOf(register, bit, start, from), stored = ((now >> bit) & 1) != 0;
            Access access = register.Access[bit];
            bool locked = ((_locked[register.Slot] >> bit) & 1) != 0;
            bool becomes = (access & RandomRegister.WriteModes) switch
            {
                Access.W => (access & Access.Once) != 0 && locked ? stored : one,
                Access.W1C => stored && !one,
                Access.W1S => stored || one,
                Access.W1T => stored ^ one,
                Access.W0C => stored && one,
                Access.W0S => stored || !one,
                Access.W0T => stored ^ !one,
                Access.WC => false,
                Access.WS => true,
                _ => stored,
            };
            if ((access & Access.Once) != 0)
                lockedNow |= 1UL << bit;
            now = becomes ? now | (1UL << bit) : now & ~(1UL << bit);
        }

        _locked[register.Slot] |= lockedNow;
        if (register.Adds)
            now = unchecked(old + now) & register.Ones;
        for (int bit = 0; bit < 8 * register.Bytes; bit++)
        {
            if ((register.Access[bit] & Access.SelfClearing) != 0 && ((register.Mask >> bit) & 1) != 0)
                now &= ~(1UL << bit);
        }

        if (!register.Constant)
            _values[register.Slot] = now;
    }

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
        [.. _block.Registers.Where(r => answers(r) && IsThere(r) && Touched(r, start, end).Any()).OrderBy(r => r.Offset)];

    private RandomRegister? Reached(RandomRegister register) =>
        register.Reach is not { } reach ? register : reach(_values[register.IndexSlot]) is { } slot ? register with { Slot = slot } : null;

    private void Count(RandomRegister register)
    {
        ulong index = _values[register.IndexSlot];
        if (register.Reach is not null)
            _values[register.IndexSlot] = (index & ~register.Counter) | ((index + 1) & register.Counter);
    }

    private bool IsThere(RandomRegister register) => !register.IsHidden && (register.Page is null || register.Page == Page);

    private IEnumerable<int> Touched(RandomRegister register, int start, int end) =>
        Enumerable.Range(0, 8 * register.Bytes).Where(bit => AddressOf(register, bit) is var at && at >= start && at < end);

    private int AddressOf(RandomRegister register, int bit) =>
        _block.BigEndian ? register.Offset + register.Bytes - 1 - (bit / 8) : register.Offset + (bit / 8);

    private bool BitOf(RandomRegister register, int bit, int start, ReadOnlySpan<byte> from) =>
        ((from[AddressOf(register, bit) - start] >> (bit % 8)) & 1) != 0;

    private void Set(int slot, int bit, bool value) =>
        _values[slot] = value ? _values[slot] | (1UL << bit) : _values[slot] & ~(1UL << bit);
}
