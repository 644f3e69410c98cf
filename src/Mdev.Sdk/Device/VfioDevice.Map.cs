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
}
