namespace Mdev.Sdk.Device;

// What the device shows of itself to those who describe it.
public abstract partial class VfioDevice
{
    /// <summary>The register blocks of a region, by offset; none where it has none, or is not there.</summary>
    internal IReadOnlyList<PlacedBlock> BlocksOf(uint region)
    {
        lock (Gate)
            return region < _regions.Length && _regions[region] is { } found ? [.. found.BlocksFrom(0)] : [];
    }

    /// <summary>What else is in a region, by offset.</summary>
    internal IReadOnlyList<PlacedMemory> MemoryOf(uint region)
    {
        lock (Gate)
            return region < _regions.Length && _regions[region] is { } found ? [.. found.MemoryFrom(0)] : [];
    }

    /// <summary>The register that an access would meet now, as logs call it; <see langword="null"/> for none.</summary>
    /// <param name="region">VFIO region index.</param>
    /// <param name="offset">Bytes from the start of the region.</param>
    /// <param name="write">Whether it would be a write.</param>
    internal string? NameAt(uint region, ulong offset, bool write)
    {
        if (!IsInside(region, offset, 1))
            return null;
        lock (Gate)
            return _regions[region]!.NameAt(offset, write);
    }
}
