using Mdev.Sdk.Registers;

namespace Mdev.Bench.Blocks;

/// <summary><see cref="DwordBlock"/> as one would write it without a generator: the same registers in a switch.</summary>
internal sealed class DwordBlockByHand : IRegisterBlock
{
    private uint _commands, _control, _mask;

    private uint _channel4, _channel5, _channel6, _channel7, _channel8, _channel9, _channel10, _channel11, _channel12, _channel13;
    private uint _channel14, _channel15, _channel16, _channel17, _channel18, _channel19, _channel20, _channel21, _channel22, _channel23;
    private uint _channel24, _channel25, _channel26, _channel27, _channel28, _channel29, _channel30, _channel31, _channel32, _channel33;
    private uint _channel34, _channel35, _channel36, _channel37, _channel38, _channel39, _channel40, _channel41, _channel42, _channel43;
    private uint _channel44, _channel45, _channel46, _channel47, _channel48, _channel49, _channel50, _channel51, _channel52, _channel53;
    private uint _channel54, _channel55, _channel56, _channel57, _channel58, _channel59, _channel60, _channel61, _channel62, _channel63;

    public RegisterBlockInfo Info { get; } =
        new(nameof(DwordBlockByHand), 0x100) { Bus = AccessWidth.Dword, Wide = WideAccess.EveryLane, Unmapped = Unmapped.ReadZero };

    public bool TryReadLane(uint offset, ulong enabled, out ulong value)
    {
        switch (offset)
        {
            case 0x00: value = 0x4d44_4556; return true;
            case 0x04: value = _control; return true;
            case 0x08: value = _commands & 0xff; return true;
            case 0x0c: value = _mask; return true;
            case 0x10: value = _channel4; return true;
            case 0x14: value = _channel5; return true;
            case 0x18: value = _channel6; return true;
            case 0x1c: value = _channel7; return true;
            case 0x20: value = _channel8; return true;
            case 0x24: value = _channel9; return true;
            case 0x28: value = _channel10; return true;
            case 0x2c: value = _channel11; return true;
            case 0x30: value = _channel12; return true;
            case 0x34: value = _channel13; return true;
            case 0x38: value = _channel14; return true;
            case 0x3c: value = _channel15; return true;
            case 0x40: value = _channel16; return true;
            case 0x44: value = _channel17; return true;
            case 0x48: value = _channel18; return true;
            case 0x4c: value = _channel19; return true;
            case 0x50: value = _channel20; return true;
            case 0x54: value = _channel21; return true;
            case 0x58: value = _channel22; return true;
            case 0x5c: value = _channel23; return true;
            case 0x60: value = _channel24; return true;
            case 0x64: value = _channel25; return true;
            case 0x68: value = _channel26; return true;
            case 0x6c: value = _channel27; return true;
            case 0x70: value = _channel28; return true;
            case 0x74: value = _channel29; return true;
            case 0x78: value = _channel30; return true;
            case 0x7c: value = _channel31; return true;
            case 0x80: value = _channel32; return true;
            case 0x84: value = _channel33; return true;
            case 0x88: value = _channel34; return true;
            case 0x8c: value = _channel35; return true;
            case 0x90: value = _channel36; return true;
            case 0x94: value = _channel37; return true;
            case 0x98: value = _channel38; return true;
            case 0x9c: value = _channel39; return true;
            case 0xa0: value = _channel40; return true;
            case 0xa4: value = _channel41; return true;
            case 0xa8: value = _channel42; return true;
            case 0xac: value = _channel43; return true;
            case 0xb0: value = _channel44; return true;
            case 0xb4: value = _channel45; return true;
            case 0xb8: value = _channel46; return true;
            case 0xbc: value = _channel47; return true;
            case 0xc0: value = _channel48; return true;
            case 0xc4: value = _channel49; return true;
            case 0xc8: value = _channel50; return true;
            case 0xcc: value = _channel51; return true;
            case 0xd0: value = _channel52; return true;
            case 0xd4: value = _channel53; return true;
            case 0xd8: value = _channel54; return true;
            case 0xdc: value = _channel55; return true;
            case 0xe0: value = _channel56; return true;
            case 0xe4: value = _channel57; return true;
            case 0xe8: value = _channel58; return true;
            case 0xec: value = _channel59; return true;
            case 0xf0: value = _channel60; return true;
            case 0xf4: value = _channel61; return true;
            case 0xf8: value = _channel62; return true;
            case 0xfc: value = _channel63; return true;
            default: value = 0; return false;
        }
    }

    public bool TryWriteLane(uint offset, ulong value, ulong enabled)
    {
        switch (offset)
        {
            case 0x04:
                _control = Merge(_control, value, enabled);
                _commands += _control;
                return true;
            case 0x0c: _mask = Merge(_mask, value, enabled & 0x0000_ffff); return true;
            case 0x10: _channel4 = Merge(_channel4, value, enabled); return true;
            case 0x14: _channel5 = Merge(_channel5, value, enabled); return true;
            case 0x18: _channel6 = Merge(_channel6, value, enabled); return true;
            case 0x1c: _channel7 = Merge(_channel7, value, enabled); return true;
            case 0x20: _channel8 = Merge(_channel8, value, enabled); return true;
            case 0x24: _channel9 = Merge(_channel9, value, enabled); return true;
            case 0x28: _channel10 = Merge(_channel10, value, enabled); return true;
            case 0x2c: _channel11 = Merge(_channel11, value, enabled); return true;
            case 0x30: _channel12 = Merge(_channel12, value, enabled); return true;
            case 0x34: _channel13 = Merge(_channel13, value, enabled); return true;
            case 0x38: _channel14 = Merge(_channel14, value, enabled); return true;
            case 0x3c: _channel15 = Merge(_channel15, value, enabled); return true;
            case 0x40: _channel16 = Merge(_channel16, value, enabled); return true;
            case 0x44: _channel17 = Merge(_channel17, value, enabled); return true;
            case 0x48: _channel18 = Merge(_channel18, value, enabled); return true;
            case 0x4c: _channel19 = Merge(_channel19, value, enabled); return true;
            case 0x50: _channel20 = Merge(_channel20, value, enabled); return true;
            case 0x54: _channel21 = Merge(_channel21, value, enabled); return true;
            case 0x58: _channel22 = Merge(_channel22, value, enabled); return true;
            case 0x5c: _channel23 = Merge(_channel23, value, enabled); return true;
            case 0x60: _channel24 = Merge(_channel24, value, enabled); return true;
            case 0x64: _channel25 = Merge(_channel25, value, enabled); return true;
            case 0x68: _channel26 = Merge(_channel26, value, enabled); return true;
            case 0x6c: _channel27 = Merge(_channel27, value, enabled); return true;
            case 0x70: _channel28 = Merge(_channel28, value, enabled); return true;
            case 0x74: _channel29 = Merge(_channel29, value, enabled); return true;
            case 0x78: _channel30 = Merge(_channel30, value, enabled); return true;
            case 0x7c: _channel31 = Merge(_channel31, value, enabled); return true;
            case 0x80: _channel32 = Merge(_channel32, value, enabled); return true;
            case 0x84: _channel33 = Merge(_channel33, value, enabled); return true;
            case 0x88: _channel34 = Merge(_channel34, value, enabled); return true;
            case 0x8c: _channel35 = Merge(_channel35, value, enabled); return true;
            case 0x90: _channel36 = Merge(_channel36, value, enabled); return true;
            case 0x94: _channel37 = Merge(_channel37, value, enabled); return true;
            case 0x98: _channel38 = Merge(_channel38, value, enabled); return true;
            case 0x9c: _channel39 = Merge(_channel39, value, enabled); return true;
            case 0xa0: _channel40 = Merge(_channel40, value, enabled); return true;
            case 0xa4: _channel41 = Merge(_channel41, value, enabled); return true;
            case 0xa8: _channel42 = Merge(_channel42, value, enabled); return true;
            case 0xac: _channel43 = Merge(_channel43, value, enabled); return true;
            case 0xb0: _channel44 = Merge(_channel44, value, enabled); return true;
            case 0xb4: _channel45 = Merge(_channel45, value, enabled); return true;
            case 0xb8: _channel46 = Merge(_channel46, value, enabled); return true;
            case 0xbc: _channel47 = Merge(_channel47, value, enabled); return true;
            case 0xc0: _channel48 = Merge(_channel48, value, enabled); return true;
            case 0xc4: _channel49 = Merge(_channel49, value, enabled); return true;
            case 0xc8: _channel50 = Merge(_channel50, value, enabled); return true;
            case 0xcc: _channel51 = Merge(_channel51, value, enabled); return true;
            case 0xd0: _channel52 = Merge(_channel52, value, enabled); return true;
            case 0xd4: _channel53 = Merge(_channel53, value, enabled); return true;
            case 0xd8: _channel54 = Merge(_channel54, value, enabled); return true;
            case 0xdc: _channel55 = Merge(_channel55, value, enabled); return true;
            case 0xe0: _channel56 = Merge(_channel56, value, enabled); return true;
            case 0xe4: _channel57 = Merge(_channel57, value, enabled); return true;
            case 0xe8: _channel58 = Merge(_channel58, value, enabled); return true;
            case 0xec: _channel59 = Merge(_channel59, value, enabled); return true;
            case 0xf0: _channel60 = Merge(_channel60, value, enabled); return true;
            case 0xf4: _channel61 = Merge(_channel61, value, enabled); return true;
            case 0xf8: _channel62 = Merge(_channel62, value, enabled); return true;
            case 0xfc: _channel63 = Merge(_channel63, value, enabled); return true;
            default: return false;
        }
    }

    // Nobody traces or resets it here.
    public string? NameAt(uint offset, bool write) => null;

    public void Reset(ResetKind kind) { }

    private static uint Merge(uint old, ulong value, ulong enabled) =>
        (old & ~(uint)enabled) | ((uint)value & (uint)enabled);
}
