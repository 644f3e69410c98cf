using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>Source: linux/fuse.h, struct fuse_poll_out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollReply
{
    /// <summary>FUSE_NOTIFY_POLL: a file has become ready, whose poll handle follows.</summary>
    public const int Notification = 1;

    public uint Events;
    public uint Padding;
}
