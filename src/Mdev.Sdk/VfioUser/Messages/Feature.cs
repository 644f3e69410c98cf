namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>What DEVICE_FEATURE is about. Source: linux/vfio.h, VFIO_DEVICE_FEATURE_*; the numbers left out are the kernel's own.</summary>
internal enum Feature : ushort
{
    Migration = 1,
    MigrationDeviceState = 2,
    DmaLoggingStart = 6,
    DmaLoggingStop = 7,
    DmaLoggingReport = 8,
}
