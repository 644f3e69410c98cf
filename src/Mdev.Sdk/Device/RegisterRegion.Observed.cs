using System.Buffers.Binary;
using System.Numerics;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Device;

/// <summary>Accesses that somebody looks at: each lane becomes the registers that lie in it.</summary>
internal sealed partial class RegisterRegion
{
    // Looked for when somebody looks for the first time; null where a block says nothing of itself.
    private RegisterMap? _map;
    private bool _hasMap;

    private ulong ReadSeen(uint offset, ulong enabled, IRegisterObserver observer)
    {
        // Their names before the access: it may change which registers are there.
        LaneNames names = default;
        FindNames(offset, enabled, write: false, names);
        ulong value = ReadUnseen(offset, enabled);
        Tell(observer, offset, value, enabled, write: false, names);
        return value;
    }

    private void WriteSeen(uint offset, ulong value, ulong enabled, IRegisterObserver observer)
    {
        LaneNames names = default;
        FindNames(offset, enabled, write: true, names);
        WriteUnseen(offset, value, enabled);
        Tell(observer, offset, value, enabled, write: true, names);
    }

    private void FindNames(uint offset, ulong enabled, bool write, Span<string?> names)
    {
        if (!_hasMap)
            (_map, _hasMap) = (_block.Map is { Registers.Count: 0, Blocks.Count: 0 } ? null : _block.Map, true);
        (int first, int end) = BytesOf(enabled);
        for (int at = first; at < end; at++)
            names[at] = NameAt(offset + (uint)at, write);
    }

    // One access for each register, of the bytes that the guest touches of it.
    private void Tell(IRegisterObserver observer, uint offset, ulong value, ulong enabled, bool write, ReadOnlySpan<string?> names)
    {
        ulong bytes = InAddressOrder(value);
        (int at, int end) = BytesOf(enabled);
        while (at < end)
        {
            string? name = names[at];
            int count = 1;
            while (at + count < end && names[at + count] == name)
                count++;
            ulong piece = (bytes >> (8 * at)) & (ulong.MaxValue >> (64 - (8 * count)));
            if (_bigEndian)
                piece = BinaryPrimitives.ReverseEndianness(piece) >> (64 - (8 * count));
            observer.OnAccess(new(_index, name, _origin + offset + (uint)at, count, piece, write)
            {
                Map = _map,
            });
            at += count;
        }
    }

    // The first of a lane's bytes that an access touches, and the one behind the last, by address.
    private (int First, int End) BytesOf(ulong enabled)
    {
        ulong bytes = InAddressOrder(enabled);
        return (BitOperations.TrailingZeroCount(bytes) / 8, (64 - BitOperations.LeadingZeroCount(bytes)) / 8);
    }
}
