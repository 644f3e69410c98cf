using System.Runtime.InteropServices;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>DEVICE_GET_INFO and its reply. Source: vfio-user, "VFIO_USER_DEVICE_GET_INFO".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct DeviceInfo(uint ArgumentSize, DeviceFlags Flags, uint Regions, uint Irqs)
{
    public const int Length = 16;
}
