namespace Mdev.Sdk.Dma;

/// <summary>The guest memory that the client lets a device reach.</summary>
/// <remarks>
/// Copies go through the shared file rather than through a mapping of it, so a client that truncates the file makes a
/// copy fail instead of killing the process by SIGBUS. Thread-safe.
/// </remarks>
public sealed partial class GuestMemory
{
    // vfio-user, "VFIO_USER_DMA_MAP": as many as we announced by max_dma_maps (the default), and of no more than this.
    internal const int MaxMappings = 65535;
    internal const ulong MaxSize = 8UL << 40;

    private readonly Lock _gate = new();

    // Sorted by address, never overlapping.
    private readonly List<DmaMapping> _mappings = [];

    internal GuestMemory() { }

    /// <summary>Reaches what the client has mapped without sharing it; <see langword="null"/> where nothing can.</summary>
    internal IDmaMessages? Messages { get; set; }

    /// <summary>Copies guest memory into <paramref name="destination"/>.</summary>
    /// <param name="address">Guest DMA address of the first byte; any alignment.</param>
    /// <param name="destination">Receives exactly its own length in bytes; contents unspecified on false.</param>
    /// <returns><see langword="false"/> if any byte is not mapped readable or not shared; guests can cause this.</returns>
    public bool TryRead(ulong address, Span<byte> destination)
    {
        lock (_gate)
        {
            while (!destination.IsEmpty)
            {
                if (!TryFind(address, DmaProtection.Read, destination.Length, out DmaMapping mapping, out int length))
                    return false;
                long position = (long)(mapping.Offset + (address - mapping.Address));
                if (!Transfer.TryReadFully(mapping.File!, destination[..length], position))
                    return false;
                destination = destination[length..];
                address += (ulong)length;
            }
            return true;
        }
    }

    /// <summary>Copies <paramref name="source"/> into guest memory.</summary>
    /// <param name="address">Guest DMA address of the first byte; any alignment.</param>
    /// <param name="source">The bytes.</param>
    /// <returns>
    /// <see langword="false"/> if any byte is not mapped writable or not shared; bytes before it may have been written.
    /// </returns>
    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        lock (_gate)
        {
            while (!source.IsEmpty)
            {
                if (!TryFind(address, DmaProtection.Write, source.Length, out DmaMapping mapping, out int length))
                    return false;
                long position = (long)(mapping.Offset + (address - mapping.Address));
                if (!Transfer.TryWriteFully(mapping.File!, source[..length], position))
                    return false;
                source = source[length..];
                address += (ulong)length;
            }
            return true;
        }
    }

    /// <summary>Adds a mapping and takes it over, unless it is refused.</summary>
    /// <returns>EEXIST if it overlaps another, unless it repeats one exactly (vfio-user leaves that open; QEMU does it).</returns>
    internal Errno Map(DmaMapping mapping)
    {
        lock (_gate)
        {
            int index = FirstEndingAtOrAfter(mapping.Address);
            if (index < _mappings.Count && _mappings[index].Address <= mapping.Last)
            {
                DmaMapping present = _mappings[index];
                if (present with { File = mapping.File } != mapping || present.File is null != mapping.File is null)
                    return Errno.EEXIST;
                present.Dispose();
                _mappings[index] = mapping;
                return Errno.None;
            }

            if (_mappings.Count == MaxMappings)
                return Errno.ENOSPC;
            _mappings.Insert(index, mapping);
            return Errno.None;
        }
    }

    /// <summary>Removes the mapping that was made of exactly this range.</summary>
    internal Errno Unmap(ulong address, ulong size)
    {
        lock (_gate)
        {
            int index = FirstEndingAtOrAfter(address);
            if (index == _mappings.Count || _mappings[index].Address != address || _mappings[index].Size != size)
                return Errno.ENOENT;
            _mappings[index].Dispose();
            _mappings.RemoveAt(index);
            return Errno.None;
        }
    }

    internal void UnmapAll()
    {
        lock (_gate)
        {
            foreach (DmaMapping mapping in _mappings)
                mapping.Dispose();
            _mappings.Clear();
        }
    }

    private bool TryFind(ulong address, DmaProtection needed, int wanted, out DmaMapping mapping, out int length)
    {
        int index = FirstEndingAtOrAfter(address);
        mapping = index < _mappings.Count ? _mappings[index] : null!;
        length = 0;
        if (mapping is null || mapping.Address > address || (mapping.Protection & needed) == 0 || mapping.File is null)
            return false;

        // One less than the bytes left, so that a mapping of all 2^64 does not count as none.
        ulong left = mapping.Last - address;
        length = left >= (ulong)wanted ? wanted : (int)left + 1;
        return true;
    }

    private int FirstEndingAtOrAfter(ulong address)
    {
        int low = 0, high = _mappings.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_mappings[middle].Last < address)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
