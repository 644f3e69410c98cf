namespace Mdev.Sdk.Observation;

/// <summary>
/// Entries on their way from a device to whoever reads the trace. One side adds, on the device's lock: it never waits, allocates nothing,
/// and is told when there is no room. The other takes. Neither locks.
/// </summary>
internal sealed class TraceRing(int entries = 32768, int bytes = 1 << 20)
{
    private readonly TraceEntry[] _entries = new TraceEntry[entries];
    private readonly byte[] _data = new byte[bytes];

    // Counted up for ever: how many have been added and taken.
    private long _added;
    private long _taken;

    // Of the bytes, those before a wrap that are left unused included. The first is the adder's alone.
    private long _dataAdded;
    private long _dataTaken;

    /// <summary>Adds an entry with its bytes.</summary>
    /// <returns><see langword="false"/> if there is no room.</returns>
    public bool TryAdd(in TraceEntry entry, ReadOnlySpan<byte> data)
    {
        long added = _added;
        if (added - Volatile.Read(ref _taken) == _entries.Length)
            return false;

        long start = _dataAdded;
        int at = (int)(start % _data.Length);
        if (at + data.Length > _data.Length)
        {
            // In one piece: what is left before the end is skipped.
            start += _data.Length - at;
            at = 0;
        }
        if (start + data.Length - Volatile.Read(ref _dataTaken) > _data.Length)
            return false;

        data.CopyTo(_data.AsSpan(at));
        _dataAdded = start + data.Length;
        ref TraceEntry slot = ref _entries[added % _entries.Length];
        slot = entry;
        (slot.DataStart, slot.DataEnd) = (start, start + data.Length);
        Volatile.Write(ref _added, added + 1);
        return true;
    }

    /// <summary>The oldest entry, which stays until <see cref="Release"/>.</summary>
    public bool TryPeek(out TraceEntry entry)
    {
        bool found = Volatile.Read(ref _added) != _taken;
        entry = found ? _entries[_taken % _entries.Length] : default;
        return found;
    }

    /// <summary>The bytes of an entry that has not been released.</summary>
    public byte[] DataOf(in TraceEntry entry) =>
        _data.AsSpan((int)(entry.DataStart % _data.Length), (int)(entry.DataEnd - entry.DataStart)).ToArray();

    /// <summary>The oldest entry is done with.</summary>
    public void Release()
    {
        ref TraceEntry slot = ref _entries[_taken % _entries.Length];
        Volatile.Write(ref _dataTaken, slot.DataEnd);
        slot = default;
        Volatile.Write(ref _taken, _taken + 1);
    }
}
