using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>What the device is; "DEVNAME=name" with an end mark follows. Source: linux/fuse.h, struct cuse_init_out.</summary>
[StructLayout(LayoutKind.Sequential, Size = 72)]
internal struct CuseInitReply
{
    /// <summary>CUSE_UNRESTRICTED_IOCTL: ioctls may ask for any of the caller's memory.</summary>
    public const uint UnrestrictedIoctl = 1 << 0;

    public uint Major;
    public uint Minor;
    public uint Unused;
    public uint Flags;
    public uint MaxRead;
    public uint MaxWrite;

    /// <summary>0 with <see cref="DeviceMinor"/> 0 for a number that the kernel chooses.</summary>
    public uint DeviceMajor;

    public uint DeviceMinor;
}
