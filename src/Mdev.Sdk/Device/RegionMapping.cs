using Mdev.Sdk.Interop;

namespace Mdev.Sdk.Device;

/// <summary>
/// What a client may map of a region: one file for all of it, in which a byte has the offset that it has in the region. The parts
/// that must trap are holes there, with nothing in them.
/// </summary>
/// <param name="Memory">The file; the device's own.</param>
/// <param name="Areas">By offset; they neither overlap nor touch.</param>
internal sealed record RegionMapping(MappedMemory Memory, IReadOnlyList<RegionArea> Areas)
{
    /// <summary>Whether the areas have to be told: without, a client maps everything.</summary>
    public bool IsSparse(ulong regionSize) => Areas is not [{ Offset: 0 } only] || only.Size != regionSize;
}
