using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>Head of DEVICE_FEATURE and of its reply; data follow. Source: vfio-user, "VFIO_USER_DEVICE_FEATURE".</summary>
/// <param name="ArgumentSize">Bytes of the largest reply payload that the client takes; in a reply, its own.</param>
/// <param name="Flags">Feature and operation.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct DeviceFeatureRequest(uint ArgumentSize, FeatureFlags Flags)
{
    public const int Length = 8;

    public Feature Feature => (Feature)(Flags & FeatureFlags.IndexMask);

    public FeatureFlags Operations => Flags & (FeatureFlags.Get | FeatureFlags.Set);

    public bool IsProbe => (Flags & FeatureFlags.Probe) != 0;

    /// <summary>Checks what does not depend on the feature. Source: drivers/vfio/vfio_main.c, vfio_ioctl_device_feature.</summary>
    public bool IsValid =>
        ArgumentSize >= Length
        && (Flags & ~(FeatureFlags.IndexMask | FeatureFlags.Get | FeatureFlags.Set | FeatureFlags.Probe)) == 0
        && (IsProbe || Operations is FeatureFlags.Get or FeatureFlags.Set);
}
