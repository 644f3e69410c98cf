namespace Mdev.Sdk.Device;

/// <summary>What a device is. Source: linux/vfio.h, struct vfio_device_info.</summary>
[Flags]
internal enum DeviceFlags : uint
{
    Reset = 1,
    Pci = 2,
}
