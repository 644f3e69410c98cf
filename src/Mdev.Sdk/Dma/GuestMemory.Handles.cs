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
            int first = FirstEndingAtOrAfter(address), index = first;
            ulong last = address + (length - 1);
            for (ulong next = address; ; index++)
            {
                if (index == _mappings.Count || !Allows(_mappings[index], next, access))
                    return false;
                if (_mappings[index].Last >= last)
                    break;
                next = _mappings[index].Last + 1;
            }

            DmaMapping[]? more = index == first ? null : [.. _mappings[(first + 1)..(index + 1)]];
            handle = new DmaHandle(this, _mappings[first], more, address, length, access);
            return true;
        }
    }

    internal bool Holds(in DmaHandle handle)
    {
        lock (_gate)
            return handle.IsMapped;
    }

    internal bool TryRead(in DmaHandle handle, ulong offset, Span<byte> destination)
    {
        lock (_gate)
        {
            if (!handle.IsMapped)
                return false;
            ulong address = handle.Address + offset;
            while (!destination.IsEmpty)
            {
                (DmaMapping mapping, long position, int length) = Piece(handle, address, destination.Length);
                if (!Transfer.TryReadFully(mapping.File!, destination[..length], position))
                    return false;
                destination = destination[length..];
                address += (ulong)length;
            }
            return true;
        }
    }

    internal bool TryWrite(in DmaHandle handle, ulong offset, ReadOnlySpan<byte> source)
    {
        lock (_gate)
        {
            if (!handle.IsMapped)
                return false;
            ulong address = handle.Address + offset;
            while (!source.IsEmpty)
            {
                (DmaMapping mapping, long position, int length) = Piece(handle, address, source.Length);
                if (!Transfer.TryWriteFully(mapping.File!, source[..length], position))
                    return false;
                source = source[length..];
                address += (ulong)length;
            }
            return true;
        }
    }

    private static bool Allows(DmaMapping mapping, ulong address, DmaAccess access)
    {
        var needed = (DmaProtection)access;
        return mapping.Address <= address && (mapping.Protection & needed) == needed && mapping.File is not null;
    }

    private static (DmaMapping Mapping, long Position, int Length) Piece(in DmaHandle handle, ulong address, int wanted)
    {
        DmaMapping mapping = handle.MappingOf(address);
        ulong left = mapping.Last - address;
        return (mapping, (long)(mapping.Offset + (address - mapping.Address)), left >= (ulong)wanted ? wanted : (int)left + 1);
    }
}
