namespace Mdev.Sdk.Device;

/// <summary>What a device is. Source: linux/vfio.h, struct vfio_device_info.</summary>
[Flags]
internal enum DeviceFlags : uint
{
    Reset = 1,
    Pci = 2,
    Platform = 4,
    Amba = 8,
    Ccw = 0x10,
    Ap = 0x20,
}
