namespace Mdev.Sdk.Device;

/// <summary>What a device that is not PCI is to its clients. Source: linux/vfio.h, VFIO_DEVICE_FLAGS_* and VFIO_DEVICE_API_*_STRING.</summary>
public enum DeviceApi
{
    /// <summary>A platform device: <c>vfio-platform</c>.</summary>
    Platform,

    /// <summary>A device on Arm's AMBA bus: <c>vfio-amba</c>.</summary>
    Amba,

    /// <summary>An s390 channel device: <c>vfio-ccw</c>.</summary>
    Ccw,

    /// <summary>An s390 crypto queue: <c>vfio-ap</c>.</summary>
    Ap,
}
