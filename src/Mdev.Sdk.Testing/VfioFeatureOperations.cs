namespace Mdev.Sdk.Testing;

/// <summary>What is done with a feature. Source: linux/vfio.h, struct vfio_device_feature.</summary>
[Flags]
public enum VfioFeatureOperations
{
    /// <summary>Nothing: a probe asks then whether the feature is there at all.</summary>
    None = 0,

    /// <summary>Asks for data.</summary>
    Get = 1 << 16,

    /// <summary>Gives data.</summary>
    Set = 1 << 17,
}
