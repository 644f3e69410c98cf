using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>Head of REGION_READ and REGION_WRITE and of their replies; data follow. Source: vfio-user, "VFIO_USER_REGION_READ".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct RegionAccess(ulong Offset, uint Region, uint Count)
{
    public const int Length = 16;
}
