using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>What the caller gets follows, or the pieces that are wanted. Source: linux/fuse.h, struct fuse_ioctl_out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IoctlReply
{
    public const int Bytes = 16;

    /// <summary>FUSE_IOCTL_RETRY: the request is to come again, with the pieces that follow.</summary>
    public const uint Retry = 1 << 2;

    public int Result;
    public uint Flags;
    public uint InPieces;
    public uint OutPieces;
}
