namespace Mdev.Sdk.Observation;

/// <summary>Accesses of a region by messages.</summary>
/// <param name="Region">VFIO region index.</param>
/// <param name="Reads">Reads.</param>
/// <param name="Writes">Writes.</param>
public sealed record RegionCount(int Region, long Reads, long Writes);
