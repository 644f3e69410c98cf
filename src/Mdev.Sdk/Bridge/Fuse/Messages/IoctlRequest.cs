using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>IOCTL; the caller's memory, as far as it was asked for, follows. Source: linux/fuse.h, struct fuse_ioctl_in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IoctlRequest
{
    public const int Bytes = 32;

    /// <summary>FUSE_IOCTL_UNRESTRICTED: pieces of the caller's memory may be asked for. Without it the kernel goes by the command's size.</summary>
    public const uint Unrestricted = 1 << 1;

    /// <summary>FUSE_IOCTL_DIR: the handle is a directory's.</summary>
    public const uint OfDirectory = 1 << 4;

    public ulong Handle;
    public uint Flags;
    public uint Command;
    public ulong Argument;
    public uint InSize;
    public uint OutSize;
}
