using System.Runtime.InteropServices;
using Mdev.Sdk.Migration;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>Data of the feature MIG_DEVICE_STATE. Source: linux/vfio.h, struct vfio_device_feature_mig_state.</summary>
/// <param name="State">The state asked for, or the device's own.</param>
/// <param name="Descriptor">The kernel's way to the data; vfio-user has MIG_DATA_READ and MIG_DATA_WRITE, and does not look at it.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct MigrationStateData(MigrationState State, uint Descriptor)
{
    public const int Length = 8;
}
