namespace Mdev.Sdk.Bridge.Devices;

/// <summary>
/// The ioctls of a VFIO device: _IO(';', 100 + n), whose argument begins with its own size. Source: linux/vfio.h. The two of region
/// access are this SDK's, because CUSE drops the offsets of reads and writes.
/// </summary>
internal enum VfioIoctl : uint
{
    GetInfo = 0x3b6b,
    GetRegionInfo = 0x3b6c,
    GetIrqInfo = 0x3b6d,
    SetIrqs = 0x3b6e,
    Reset = 0x3b6f,
    Feature = 0x3b75,

    /// <summary>Reads a region: <see cref="RegionIoctl"/>, then as many bytes as are wanted.</summary>
    RegionRead = 0x3be0,

    /// <summary>Writes a region: <see cref="RegionIoctl"/>, then the bytes.</summary>
    RegionWrite = 0x3be1,
}
