namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>What a client may do with a region. Source: linux/vfio.h, struct vfio_region_info.</summary>
[Flags]
internal enum RegionInfoFlags : uint
{
    None = 0,
    Read = 1,
    Write = 2,
    Mmap = 4,
    Caps = 8,
}
