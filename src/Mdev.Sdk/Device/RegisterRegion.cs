using System.Buffers.Binary;
using System.Numerics;
using Mdev.Sdk.Registers;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Device;

/// <summary>
/// A region whose bytes are registers. Cuts accesses into lanes of the block's bus, and keeps what a vendor's handler does
/// wrong away from everybody else.
/// </summary>
internal sealed partial class RegisterRegion : Region, IRegisterWatch
{
    private readonly VfioDevice _device;
    private readonly int _index;
    private readonly uint _origin;
    private readonly IRegisterBlock _block;
    private readonly RegisterBlockInfo _info;
    private readonly uint _laneSize;
    private readonly ulong _laneMask;
    private readonly bool _restricted;
    private readonly bool _bigEndian;

    // Offset and direction of what was logged, made when the first is needed: an unclaimed offset is logged once.
    private HashSet<uint>? _logged;

    // Register and bits, likewise.
    private HashSet<(uint Offset, ulong Bits)>? _loggedBits;

    /// <param name="device">Logs and counts.</param>
    /// <param name="index">VFIO region index.</param>
    /// <param name="block">The registers.</param>
    /// <param name="size">Bytes; what lies behind the block is claimed by no register.</param>
    /// <param name="origin">Where in the region the block begins, if it shares it with others: for logs and traces.</param>
    public RegisterRegion(VfioDevice device, int index, IRegisterBlock block, ulong size, uint origin = 0)
        : base(size)
    {
        (_device, _index, _block, _info, _origin) = (device, index, block, block.Info, origin);
        _laneSize = (uint)_info.Bus;
        _laneMask = ulong.MaxValue >> (64 - (8 * (int)_laneSize));
        _restricted = _info.Min != AccessWidth.Byte || _info.Max != 0 || !_info.Unaligned;
        _bigEndian = _info.ByteOrder == ByteOrder.BigEndian && _laneSize > 1;
        block.FindCharDevices(device.Add);
    }

    public override void Read(ulong offset, Span<byte> destination)
    {
        // One byte of a byte-wide bus is what most register accesses of such devices are.
        if (_restricted && IsRefused(offset, destination.Length))
            destination.Fill((byte)UnclaimedRead((uint)offset));
        else if (destination.Length == 1 && _laneSize == 1)
            destination[0] = (byte)ReadLane((uint)offset, 0xff);
        else if (_info.Wide == WideAccess.FirstLane)
            ReadFirstLanes(offset, destination);
        else
            ReadEveryLane(offset, destination);
    }

    public override void Write(ulong offset, ReadOnlySpan<byte> source)
    {
        if (_restricted && IsRefused(offset, source.Length))
            UnclaimedWrite((uint)offset);
        else if (source.Length == 1 && _laneSize == 1)
            WriteLane((uint)offset, source[0], 0xff);
        else if (_info.Wide == WideAccess.FirstLane)
            WriteFirstLanes(offset, source);
        else
            WriteEveryLane(offset, source);
    }

    public override void Reset(ResetKind kind)
    {
        try
        {
            _block.Watch(this, 0);
            _block.Reset(kind);
        }
        catch (Exception e)
        {
            _device.Counters.HandlerFaults++;
            DeviceLog.ResetThrew(_device.Logger, e, _device.Uuid, _index);
        }
    }

    public override void Peek(ulong offset, Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        while (!destination.IsEmpty)
        {
            (uint lane, int skip, int count) = Cut(offset, destination.Length);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, InAddressOrder(PeekLane(lane, InAddressOrder(Enabled(skip, count)))) >> (8 * skip));
            bytes[..count].CopyTo(destination);
            destination = destination[count..];
            offset += (uint)count;
        }
    }

    public override void Poke(ulong offset, ReadOnlySpan<byte> source)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        while (!source.IsEmpty)
        {
            (uint lane, int skip, int count) = Cut(offset, source.Length);
            bytes.Clear();
            source[..count].CopyTo(bytes);
            ulong value = BinaryPrimitives.ReadUInt64LittleEndian(bytes) << (8 * skip);
            PokeLane(lane, InAddressOrder(value), InAddressOrder(Enabled(skip, count)));
            source = source[count..];
            offset += (uint)count;
        }
    }

    /// <summary>A line for each register that can be read, region, offset, name, value; below it one for each of its fields.</summary>
    public override void Dump(TextWriter writer)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        for (uint offset = 0; offset < _info.Size;)
        {
            string? name = NameAt(offset, write: false);
            int count = 1;
            while (name is not null && count < sizeof(ulong) && NameAt(offset + (uint)count, write: false) == name)
                count++;
            if (name is not null)
            {
                bytes.Clear();
                Peek(offset, bytes[..count]);
                if (_info.ByteOrder == ByteOrder.BigEndian)
                    bytes[..count].Reverse();
                ulong value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
                RegisterInfo? register = _block.Map.Find(name);
                string missing = register is { NotImplemented: { } reason } ? $" (not implemented: {reason})" : "";
                writer.WriteLine($"region {_index} 0x{_origin + offset:x4} {_info.Name}.{name} = 0x{value.ToString($"x{2 * count}")}{missing}");
                DumpMeaning(writer, register, value);
            }
            offset += (uint)count;
        }
    }

    private static void DumpMeaning(TextWriter writer, RegisterInfo? register, ulong value)
    {
        if (register is { Fields.Count: 0, Values.Count: > 0 })
            writer.WriteLine($"    {register.Decode(value)}");
        foreach (RegisterField field in register?.Fields ?? [])
        {
            string missing = register!.Watched.FirstOrDefault(w => !w.IsReserved && w.Mask == field.Mask) is { Reason: var reason } ? $" (not implemented: {reason})" : "";
            writer.WriteLine($"    {field.Name} = {field.Decode(value)}{missing}");
        }
    }

    public override IEnumerable<PlacedBlock> BlocksFrom(ulong origin) => [new(origin, _block.Map)];

    public override string? NameAt(ulong offset, bool write)
    {
        try
        {
            return offset < _info.Size ? _block.NameAt((uint)offset, write) : null;
        }
        catch (Exception)
        {
            // A condition of the vendor's threw: the access itself reports that.
            return null;
        }
    }

    public override void End() => _block.End();

    /// <inheritdoc/>
    void IRegisterWatch.OnUnexpectedWrite(in UnexpectedWrite write)
    {
        const int Most = 256;
        _device.Counters.UnexpectedWrites++;
        _loggedBits ??= [];
        if (_loggedBits.Count >= Most || !_loggedBits.Add((write.Offset, write.Bits)))
            return;
        int high = 63 - BitOperations.LeadingZeroCount(write.Bits), low = BitOperations.TrailingZeroCount(write.Bits);
        string bits = high == low ? $"bit {low}" : $"bits {high}:{low}";
        string register = $"{_info.Name}.{NameAt(write.Offset, write: true)}";
        if (write.Reason is { } reason)
            DeviceLog.UnimplementedWritten(_device.Logger, _device.Uuid, bits, register, _index, _origin + write.Offset, reason);
        else
            DeviceLog.ReservedWritten(_device.Logger, _device.Uuid, bits, register, _index, _origin + write.Offset, write.Wrong);
    }

    public override void SaveState(StateWriter writer) => _block.SaveState(writer);

    public override void LoadState(ref StateReader reader) => _block.LoadState(ref reader);

    private void ReadEveryLane(ulong offset, Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        while (!destination.IsEmpty)
        {
            (uint lane, int skip, int count) = Cut(offset, destination.Length);
            ulong value = InAddressOrder(ReadLane(lane, InAddressOrder(Enabled(skip, count))));
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value >> (8 * skip));
            bytes[..count].CopyTo(destination);
            destination = destination[count..];
            offset += (uint)count;
        }
    }

    private void WriteEveryLane(ulong offset, ReadOnlySpan<byte> source)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        while (!source.IsEmpty)
        {
            (uint lane, int skip, int count) = Cut(offset, source.Length);
            bytes.Clear();
            source[..count].CopyTo(bytes);
            ulong value = BinaryPrimitives.ReadUInt64LittleEndian(bytes) << (8 * skip);
            WriteLane(lane, InAddressOrder(value), InAddressOrder(Enabled(skip, count)));
            source = source[count..];
            offset += (uint)count;
        }
    }

    private void ReadFirstLanes(ulong offset, Span<byte> destination)
    {
        destination.Clear();
        while (!destination.IsEmpty)
        {
            int piece = PieceSize(offset, destination.Length);
            int lane = Math.Min(piece, (int)_laneSize);
            ReadEveryLane(offset, destination[..lane]);
            destination = destination[piece..];
            offset += (uint)piece;
        }
    }

    private void WriteFirstLanes(ulong offset, ReadOnlySpan<byte> source)
    {
        while (!source.IsEmpty)
        {
            int piece = PieceSize(offset, source.Length);
            int lane = Math.Min(piece, (int)_laneSize);
            WriteEveryLane(offset, source[..lane]);
            source = source[piece..];
            offset += (uint)piece;
        }
    }

    // The largest naturally aligned access of at most four bytes, as vfio's sample drivers cut them.
    private static int PieceSize(ulong offset, int left) =>
        left >= 4 && offset % 4 == 0 ? 4 : left >= 2 && offset % 2 == 0 ? 2 : 1;

    private static ulong Enabled(int skip, int count) => (ulong.MaxValue >> (64 - (8 * count))) << (8 * skip);

    // Where in which lane an access begins, and how many of its bytes lie there.
    private (uint Lane, int Skip, int Count) Cut(ulong offset, int left)
    {
        int skip = (int)(offset & (_laneSize - 1));
        return ((uint)(offset - (uint)skip), skip, Math.Min((int)_laneSize - skip, left));
    }

    // A lane's value with the byte of the lowest address lowest; in a big-endian block the lane has it highest.
    private ulong InAddressOrder(ulong lane) =>
        _bigEndian ? BinaryPrimitives.ReverseEndianness(lane) >> (64 - (8 * (int)_laneSize)) : lane;

    // The block's policy; an access of odd length is as wide as it is long.
    private bool IsRefused(ulong offset, int length) =>
        length < (int)_info.Min
        || (_info.Max != 0 && length > (int)_info.Max)
        || (!_info.Unaligned && offset % BitOperations.RoundUpToPowerOf2((uint)length) != 0);

    private ulong PeekLane(uint offset, ulong enabled)
    {
        try
        {
            return offset < _info.Size && _block.TryPeekLane(offset, enabled, out ulong value) ? value & enabled : UnmappedValue;
        }
        catch (Exception e)
        {
            Faulted(e, offset, write: false, "the look sees all ones");
            return _laneMask;
        }
    }

    private void PokeLane(uint offset, ulong value, ulong enabled)
    {
        try
        {
            if (offset < _info.Size)
                _block.TryPokeLane(offset, value, enabled);
        }
        catch (Exception e)
        {
            Faulted(e, offset, write: true, $"0x{value:x} is not stored");
        }
    }

    private ulong UnmappedValue => _info.Unmapped == Unmapped.ReadZero ? 0 : _laneMask;

    private ulong ReadLane(uint offset, ulong enabled) =>
        _device.RegisterObserver is { } observer ? ReadSeen(offset, enabled, observer) : ReadUnseen(offset, enabled);

    private void WriteLane(uint offset, ulong value, ulong enabled)
    {
        if (_device.RegisterObserver is { } observer)
            WriteSeen(offset, value, enabled, observer);
        else
            WriteUnseen(offset, value, enabled);
    }

    private ulong ReadUnseen(uint offset, ulong enabled)
    {
        try
        {
            return offset < _info.Size && _block.TryReadLane(offset, enabled, out ulong value) ? value : UnclaimedRead(Refused(offset, enabled));
        }
        catch (Exception e)
        {
            Faulted(e, offset, write: false, "the guest reads all ones");
            return _laneMask;
        }
    }

    private void WriteUnseen(uint offset, ulong value, ulong enabled)
    {
        try
        {
            if (offset >= _info.Size || !_block.TryWriteLane(offset, value, enabled))
                UnclaimedWrite(Refused(offset, enabled));
        }
        catch (Exception e)
        {
            Faulted(e, offset, write: true, $"the write of 0x{value:x} is dropped");
        }
    }

    // Where a lane that no register answered is said to have been met: a register that wants all its bytes need not begin the lane.
    private uint Refused(uint offset, ulong enabled) => _info.Partial == PartialAccess.Reject
        ? offset + ((uint)BitOperations.TrailingZeroCount(InAddressOrder(enabled)) / 8)
        : offset;

    private ulong UnclaimedRead(uint offset)
    {
        _device.Counters.UnclaimedReads++;
        LogUnclaimed(offset, write: false);
        return UnmappedValue;
    }

    private void UnclaimedWrite(uint offset)
    {
        _device.Counters.UnclaimedWrites++;
        LogUnclaimed(offset, write: true);
    }

    private void LogUnclaimed(uint offset, bool write)
    {
        // A guest must not be able to fill memory with what it has been told: past this many it is only counted.
        const int Most = 256;
        _logged ??= [];
        if (_logged.Count >= Most || !_logged.Add((offset << 1) | (write ? 1u : 0u)))
            return;
        string register = NameAt(offset, write) is { } met ? $"{_info.Name}.{met}, which takes no access of that width or place"
            : NameAt(offset, !write) is { } other ? $"{_info.Name}.{other}, which is {(write ? "read-only" : "write-only")}"
            : _info.Name;
        if (_info.Unmapped == Unmapped.Fault)
            DeviceLog.Faulty(_device.Logger, _device.Uuid, write ? "wrote" : "read", _index, _origin + offset, register);
        else
            DeviceLog.Unclaimed(_device.Logger, _device.Uuid, write ? "wrote" : "read", _index, _origin + offset, register);
    }

    private void Faulted(Exception e, uint offset, bool write, string consequence)
    {
        _device.Counters.HandlerFaults++;
        DeviceLog.HandlerThrew(
            _device.Logger, e, _device.Uuid, NameAt(offset, write) ?? $"offset 0x{_origin + offset:x}", _index, consequence);
    }
}
