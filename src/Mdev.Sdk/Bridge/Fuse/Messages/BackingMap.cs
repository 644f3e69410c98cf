using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>A file that is to back others. Source: linux/fuse.h, struct fuse_backing_map, FUSE_DEV_IOC_BACKING_OPEN.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BackingMap
{
    /// <summary>_IOW(229, 1, struct fuse_backing_map): gives the number of a backing file.</summary>
    public const uint Open = 0x4010e501;

    public int Descriptor;
    public uint Flags;
    public ulong Padding;
}
