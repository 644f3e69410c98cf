namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>What is done with a feature; its number is in the low 16 bits. Source: linux/vfio.h, struct vfio_device_feature.</summary>
[Flags]
internal enum FeatureFlags : uint
{
    None = 0,
    IndexMask = 0xffff,
    Get = 1 << 16,
    Set = 1 << 17,

    /// <summary>Asks only whether it could be done.</summary>
    Probe = 1 << 18,
}
