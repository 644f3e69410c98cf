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
        if (length == 0)
            return false;
        lock (_gate)
        {
            if (!TryFindRange(address, length, (DmaProtection)access, shared: true, out int first, out int last))
                return false;
            DmaMapping[]? more = last == first ? null : new DmaMapping[last - first];
            for (int i = first + 1; i <= last; i++)
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
            if (!mapping.TryLease() || !TryReadPiece(mapping, ref address, ref destination))
                return false;
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
            if (!mapping.TryLease() || !TryWritePiece(mapping, ref address, ref source))
                return false;
        }
        return true;
    }
}
