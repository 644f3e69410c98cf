namespace Mdev.Sdk.Dma;

/// <summary>Ranges that are looked up once.</summary>
public sealed partial class GuestMemory
{
    /// <summary>Looks a range up once, for many accesses.</summary>
    /// <param name="address">Guest DMA address of the first byte; any alignment.</param>
    /// <param name="length">Bytes; at least 1.</param>
    /// <param name="access">What the device will do with it.</param>
    /// <param name="handle">The range.</param>
    /// <returns><see langword="false"/> if any byte is not mapped so, or not shared; guests can cause this.</returns>
    public bool TryOpen(ulong address, ulong length, DmaAccess access, out DmaHandle handle)
    {
        handle = default;
        if (length == 0 || address + (length - 1) < address)
            return false;
        lock (_gate)
        {
            int first = _mappings.FirstEndingAtOrAfter(address), index = first;
            ulong last = address + (length - 1);
            for (ulong next = address; ; index++)
            {
                if (index == _mappings.Count || _mappings[index].Address > next
                    || !_mappings[index].Allows((DmaProtection)access) || _mappings[index].File is null)
                    return false;
                if (_mappings[index].Last >= last)
                    break;
                next = _mappings[index].Last + 1;
            }

            DmaMapping[]? more = index == first ? null : new DmaMapping[index - first];
            for (int i = first + 1; i <= index; i++)
                more![i - first - 1] = _mappings[i];
            handle = new DmaHandle(this, _mappings[first], more, address, length, access);
            return true;
        }
    }

    internal bool TryReadBy(in DmaHandle handle, ulong address, Span<byte> destination)
    {
        if (handle.Only is { } only && TryReadFrom(only, CopySlot.Mine, address, destination))
            return true;
        if (!handle.IsMapped)
            return false;
        while (!destination.IsEmpty)
        {
            DmaMapping mapping = handle.MappingOf(address);
            if (!mapping.TryLease())
                return false;
            int length = LengthIn(mapping, address, destination.Length);
            bool done = mapping.TryRead(address, destination[..length]);
            End(mapping, done);
            if (!done)
                return false;
            destination = destination[length..];
            address += (ulong)length;
        }
        return true;
    }

    internal bool TryWriteBy(in DmaHandle handle, ulong address, ReadOnlySpan<byte> source)
    {
        if (handle.Only is { } only && TryWriteTo(only, CopySlot.Mine, address, source))
            return true;
        if (!handle.IsMapped)
            return false;
        while (!source.IsEmpty)
        {
            DmaMapping mapping = handle.MappingOf(address);
            if (!mapping.TryLease())
                return false;
            int length = LengthIn(mapping, address, source.Length);
            bool done = mapping.TryWrite(address, source[..length]);
            End(mapping, done);
            if (!done)
                return false;
            source = source[length..];
            address += (ulong)length;
        }
        return true;
    }
}
