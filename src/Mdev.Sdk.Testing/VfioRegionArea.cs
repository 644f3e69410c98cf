namespace Mdev.Sdk.Testing;

/// <summary>An area of a region that can be mapped. Source: linux/vfio.h, struct vfio_region_sparse_mmap_area.</summary>
/// <param name="Offset">Bytes from the start of the region.</param>
/// <param name="Size">Bytes.</param>
public readonly record struct VfioRegionArea(ulong Offset, ulong Size);
