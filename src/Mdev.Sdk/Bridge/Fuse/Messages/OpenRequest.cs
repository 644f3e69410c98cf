using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>OPEN and OPENDIR. Source: linux/fuse.h, struct fuse_open_in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenRequest
{
    /// <summary>As of open(2).</summary>
    public uint Flags;

    public uint OpenFlags;
}
