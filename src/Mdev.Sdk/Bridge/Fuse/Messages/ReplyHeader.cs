using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>Ahead of every reply and notification. Source: linux/fuse.h, struct fuse_out_header.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ReplyHeader
{
    public const int Size = 16;

    public uint Length;

    /// <summary>0 or a negative errno; of a notification, which is one by its <see cref="Unique"/> of 0, its code.</summary>
    public int Error;

    public ulong Unique;
}
