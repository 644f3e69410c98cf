namespace Mdev.Sdk.Testing;

/// <summary>A server's answer to DEVICE_GET_REGION_INFO, without capabilities.</summary>
/// <param name="Flags">1 READ, 2 WRITE, 4 MMAP, 8 CAPS.</param>
/// <param name="Size">Bytes; 0 if the device has no such region.</param>
/// <param name="Offset">Where the region begins in its file, for a region that can be mapped.</param>
public readonly record struct VfioRegionInfo(uint Flags, ulong Size, ulong Offset);
