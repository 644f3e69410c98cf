using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>DEVICE_GET_REGION_INFO and its reply. Source: vfio-user, "VFIO_USER_DEVICE_GET_REGION_INFO".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct RegionInfo(
    uint ArgumentSize, RegionInfoFlags Flags, uint Index, uint CapabilityOffset, ulong Size, ulong Offset)
{
    public const int Length = 32;
}
