namespace Mdev.Sdk.Device;

/// <summary>What lies in a part of a region.</summary>
/// <param name="Offset">Bytes from the start of the whole region.</param>
/// <param name="Region">The part: its own offsets begin at 0.</param>
internal readonly record struct RegionPart(ulong Offset, Region Region);
