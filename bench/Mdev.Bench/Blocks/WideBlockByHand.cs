using Mdev.Sdk.Registers;

namespace Mdev.Bench.Blocks;

/// <summary><see cref="WideBlock"/> as one would write it without a generator: range tests, then a switch.</summary>
internal sealed class WideBlockByHand : IRegisterBlock
{
    private readonly uint[] _source = new uint[328];
    private readonly uint[] _destination = new uint[328];
    private readonly uint[] _length = new uint[328];

    private uint _control0, _control1, _control2, _control3, _control4, _control5, _control6, _control7;
    private uint _control8, _control9, _control10, _control11, _control12, _control13, _control14, _control15;

    public RegisterBlockInfo Info { get; } = new(nameof(WideBlockByHand), 0x2000);

    public bool TryReadLane(uint offset, ulong enabled, out ulong value)
    {
        uint at = offset - 0x400;
        if (at < 328 * 8)
        {
            value = (at & 4) == 0 ? _source[at / 8] : _destination[at / 8];
            return true;
        }

        at = offset - 0x1000;
        if (at < 328 * 4)
        {
            value = _length[at / 4];
            return true;
        }

        switch (offset)
        {
            case 0x00: value = _control0; return true;
            case 0x04: value = _control1; return true;
            case 0x08: value = _control2; return true;
            case 0x0c: value = _control3; return true;
            case 0x10: value = _control4; return true;
            case 0x14: value = _control5; return true;
            case 0x18: value = _control6; return true;
            case 0x1c: value = _control7; return true;
            case 0x20: value = _control8; return true;
            case 0x24: value = _control9; return true;
            case 0x28: value = _control10; return true;
            case 0x2c: value = _control11; return true;
            case 0x30: value = _control12; return true;
            case 0x34: value = _control13; return true;
            case 0x38: value = _control14; return true;
            case 0x3c: value = _control15; return true;
            default: value = 0; return false;
        }
    }

    public bool TryWriteLane(uint offset, ulong value, ulong enabled)
    {
        uint at = offset - 0x400;
        if (at < 328 * 8)
        {
            ref uint element = ref ((at & 4) == 0 ? _source : _destination)[at / 8];
            element = Merge(element, value, enabled);
            return true;
        }

        at = offset - 0x1000;
        if (at < 328 * 4)
        {
            ref uint element = ref _length[at / 4];
            element = Merge(element, value, enabled & 0x00ff_ffff);
            return true;
        }

        switch (offset)
        {
            case 0x00: _control0 = Merge(_control0, value, enabled); return true;
            case 0x04: _control1 = Merge(_control1, value, enabled); return true;
            case 0x08: _control2 = Merge(_control2, value, enabled); return true;
            case 0x0c: _control3 = Merge(_control3, value, enabled); return true;
            case 0x10: _control4 = Merge(_control4, value, enabled); return true;
            case 0x14: _control5 = Merge(_control5, value, enabled); return true;
            case 0x18: _control6 = Merge(_control6, value, enabled); return true;
            case 0x1c: _control7 = Merge(_control7, value, enabled); return true;
            case 0x20: _control8 = Merge(_control8, value, enabled); return true;
            case 0x24: _control9 = Merge(_control9, value, enabled); return true;
            case 0x28: _control10 = Merge(_control10, value, enabled); return true;
            case 0x2c: _control11 = Merge(_control11, value, enabled); return true;
            case 0x30: _control12 = Merge(_control12, value, enabled); return true;
            case 0x34: _control13 = Merge(_control13, value, enabled); return true;
            case 0x38: _control14 = Merge(_control14, value, enabled); return true;
            case 0x3c: _control15 = Merge(_control15, value, enabled); return true;
            default: return false;
        }
    }

    // Nobody traces or resets it here.
    public string? NameAt(uint offset, bool write) => null;

    public void Reset(ResetKind kind) { }

    private static uint Merge(uint old, ulong value, ulong enabled) =>
        (old & ~(uint)enabled) | ((uint)value & (uint)enabled);
}
