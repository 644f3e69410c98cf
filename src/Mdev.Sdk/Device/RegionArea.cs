namespace Mdev.Sdk.Device;

/// <summary>Bytes of a region; whole pages.</summary>
/// <param name="Offset">Bytes from the start of the region.</param>
/// <param name="Size">Bytes; at least a page.</param>
internal readonly record struct RegionArea(ulong Offset, ulong Size);
