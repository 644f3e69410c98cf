using Mdev.Sdk.Registers;

namespace Mdev.Bench.Blocks;

/// <summary><see cref="ByteBlock"/> as one would write it without a generator: the same registers in a switch.</summary>
internal sealed class ByteBlockByHand : IRegisterBlock
{
    private byte _received, _ier, _lcr, _mcr, _scr;
    private ushort _divisor;
    private int _signals;

    public RegisterBlockInfo Info { get; } =
        new(nameof(ByteBlockByHand), 8) { Bus = AccessWidth.Byte, Wide = WideAccess.FirstLane, Unmapped = Unmapped.ReadZero };

    private bool Dlab => (_lcr & 0x80) != 0;

    public bool TryReadLane(uint offset, ulong enabled, out ulong value)
    {
        switch (offset)
        {
            case 0:
                value = Dlab ? (byte)_divisor : _received;
                return true;
            case 1:
                value = Dlab ? (byte)(_divisor >> 8) : _ier;
                return true;
            case 2:
                value = (byte)(0xc0 | (_signals & 0x0f));
                return true;
            case 3:
                value = _lcr;
                return true;
            case 4:
                value = _mcr;
                return true;
            case 5:
                value = (byte)(0x60 | (_received & 0x01));
                return true;
            case 6:
                value = (byte)(0xa2 | (_mcr & 0x11));
                return true;
            case 7:
                value = _scr;
                return true;
            default:
                value = 0;
                return false;
        }
    }

    public bool TryWriteLane(uint offset, ulong value, ulong enabled)
    {
        switch (offset)
        {
            case 0 when Dlab:
                _divisor |= (byte)value;
                return true;
            case 0:
                _received = (byte)value;
                return true;
            case 1 when Dlab:
                _divisor |= (ushort)((byte)value << 8);
                return true;
            case 1:
                _ier = (byte)((_ier & 0xf0) | ((int)value & 0x0f));
                _signals += _ier;
                return true;
            case 2:
                _signals = (byte)value;
                return true;
            case 3:
                _lcr = (byte)value;
                if (Dlab)
                    _divisor = 0;
                return true;
            case 4:
                _mcr = (byte)value;
                _signals ^= _mcr;
                return true;
            case 7:
                _scr = (byte)value;
                return true;
            default:
                return false;
        }
    }

    // Nobody traces or resets it here.
    public string? NameAt(uint offset, bool write) => null;

    public void Reset(ResetKind kind) { }
}
