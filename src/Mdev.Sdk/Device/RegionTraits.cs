namespace Mdev.Sdk.Device;

/// <summary>What a region is beyond its bytes. Source: linux/vfio.h, struct vfio_region_info and vfio_region_info_cap_type.</summary>
/// <param name="Type">VFIO region type; 0 where the index says what it is.</param>
/// <param name="Subtype">Its subtype.</param>
/// <param name="ReadOnly">A client's writes are dropped.</param>
/// <param name="WriteOnly">A client reads zeros.</param>
internal readonly record struct RegionTraits(uint Type, uint Subtype, bool ReadOnly, bool WriteOnly);
