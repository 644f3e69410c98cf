namespace Mdev.Sdk.Testing;

/// <summary>One of the writes of a REGION_WRITE_MULTI. Source: vfio-user, "VFIO_USER_REGION_WRITE_MULTI".</summary>
/// <param name="Region">Region index.</param>
/// <param name="Offset">Bytes from the start of the region.</param>
/// <param name="Value">The bytes, the first one lowest.</param>
/// <param name="Count">How many of them; at most 8.</param>
public readonly record struct VfioRegionWrite(uint Region, ulong Offset, ulong Value, uint Count = 4);
