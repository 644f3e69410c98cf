namespace Mdev.Sdk.Testing;

/// <summary>What DEVICE_FEATURE is about. Source: linux/vfio.h, VFIO_DEVICE_FEATURE_*.</summary>
public enum VfioFeature
{
    /// <summary>Which migration states the device has; to be got.</summary>
    Migration = 1,

    /// <summary>The migration state it is in; to be got and set.</summary>
    MigrationDeviceState = 2,

    /// <summary>Begins to note what the device writes to guest memory; to be set.</summary>
    DmaLoggingStart = 6,

    /// <summary>Ends it; to be set.</summary>
    DmaLoggingStop = 7,

    /// <summary>What it has written since it was asked last; to be got.</summary>
    DmaLoggingReport = 8,
}
