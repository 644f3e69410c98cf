using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>Source: linux/fuse.h, struct fuse_write_out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WriteReply
{
    public uint Size;
    public uint Padding;
}
