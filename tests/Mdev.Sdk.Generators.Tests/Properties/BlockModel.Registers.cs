using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Properties;

/// <summary>One register of a lane, read or written.</summary>
internal sealed partial class BlockModel
{
    private void ReadRegister(RandomRegister register, int start, int end, Span<byte> part, bool peek)
    {
        bool latches = (register.Split & Split.LatchRead) != 0 && !peek, takes = latches && start / _block.Bus == register.Offset / _block.Bus;
        bool isWide = register.Bytes > _block.Bus;
        ulong shown = Shown(register, isWide ? Enumerable.Range(0, 8 * register.Bytes) : Touched(register, start, end), peek);
        if (takes)
            _latched[register.Address] = shown;
        foreach (int bit in Touched(register, start, end))
        {
            if ((((latches ? _latched[register.Address] : shown) >> bit) & 1) != 0)
                part[AddressOf(register, bit) - start] |= (byte)(1 << (bit % 8));
        }

        if (peek || register.Constant || (latches && !takes))
            return;
        foreach (int bit in takes ? Enumerable.Range(0, 8 * register.Bytes) : Touched(register, start, end))
        {
            if (register.IsReserved(bit))
                continue;
            if ((register.Access[bit] & Access.RC) != 0)
                Set(register.Slot, bit, false);
            if ((register.Access[bit] & Access.RS) != 0)
                Set(register.Slot, bit, true);
        }
    }

    private ulong Shown(RandomRegister register, IEnumerable<int> touched, bool peek)
    {
        ulong stored = _values[register.Slot];
        if (register.Inverts)
            return (register.TakesAccess ? ~stored ^ (ulong)register.Offset ^ MaskOf(touched) ^ (peek ? 1UL : 0) : ~stored) & register.Ones;
        ulong shown = 0;
        for (int bit = 0; bit < 8 * register.Bytes; bit++)
        {
            if ((register.Access[bit] & Access.R) != 0)
                shown |= stored & (1UL << bit);
        }

        return shown;
    }

    // What is written is collected until the last lane of a register that is wider than the bus.
    private void WritePart(RandomRegister register, int start, int end, ReadOnlySpan<byte> from)
    {
        bool collects = (register.Split & Split.CommitWrite) != 0;
        Dictionary<int, bool> bits = collects ? _collected[register.Address] : [];
        foreach (int bit in Touched(register, start, end))
            bits[bit] = BitOf(register, bit, start, from);
        if (collects && start / _block.Bus != (register.Offset + register.Bytes - 1) / _block.Bus)
            return;
        if (!register.Gated || Open)
            WriteRegister(register, bits);
        bits.Clear();
    }

    private void WriteRegister(RandomRegister register, Dictionary<int, bool> bits)
    {
        ulong old = _values[register.Slot], now = old, lockedNow = 0;
        Watch(register, bits);
        foreach ((int bit, bool one) in bits)
        {
            if (((register.Mask >> bit) & 1) == 0 || register.Constant || register.IsReserved(bit))
                continue;
            bool stored = ((now >> bit) & 1) != 0;
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
            now = unchecked(old + now + (register.TakesAccess ? (ulong)register.Offset + MaskOf(bits.Keys) : 0)) & register.Ones;
        for (int bit = 0; bit < 8 * register.Bytes; bit++)
        {
            if ((register.Access[bit] & Access.SelfClearing) != 0 && ((register.Mask >> bit) & 1) != 0 && !register.IsReserved(bit))
                now &= ~(1UL << bit);
        }

        if (!register.Constant)
            _values[register.Slot] = now;
    }

    // Each run of reserved bits that is written wrong is one thing to tell, and so is each thing that is not implemented.
    private void Watch(RandomRegister register, Dictionary<int, bool> bits)
    {
        bool Held(int bit) => ((_values[register.Slot] >> bit) & 1) != 0;
        if (register.Watches)
        {
            Unexpected += register.Runs.Count(run => bits.Any(b => b.Key >= run.Low && b.Key <= run.High
                && b.Value != (run.Must is { } must ? ((must >> (b.Key - run.Low)) & 1) != 0 : Held(b.Key))));
        }

        Unexpected += register.Missing.Count(missing => bits.Any(b => ((missing >> b.Key) & 1) != 0 && Asks(b.Key, b.Value)));

        bool Asks(int bit, bool one)
        {
            if (register.IsReserved(bit))
                return false;
            bool reached = ((register.Mask >> bit) & 1) != 0;
            return (reached ? register.Access[bit] & RandomRegister.WriteModes : 0) switch
            {
                Access.W1C or Access.W1S or Access.W1T => one,
                Access.W0C or Access.W0S or Access.W0T => !one,
                Access.WC or Access.WS => false,
                _ => one != Held(bit),
            };
        }
    }

    private static ulong MaskOf(IEnumerable<int> bits) => bits.Aggregate(0UL, (mask, bit) => mask | (1UL << bit));
}
