using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>The argument of a region access by ioctl; the bytes follow.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RegionIoctl
{
    public const int Length = 24;

    /// <summary>Bytes of this and what follows: at least 24 + <see cref="Count"/>.</summary>
    public uint ArgumentSize;

    /// <summary>0.</summary>
    public uint Flags;

    /// <summary>VFIO region index.</summary>
    public uint Region;

    /// <summary>Bytes to transfer; one access of the device.</summary>
    public uint Count;

    /// <summary>Bytes from the start of the region.</summary>
    public ulong Offset;
}
