using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>POLL. Source: linux/fuse.h, struct fuse_poll_in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollRequest
{
    /// <summary>FUSE_POLL_SCHEDULE_NOTIFY: the caller waits, so the kernel wants to hear when the file becomes ready.</summary>
    public const uint ScheduleNotify = 1 << 0;

    public ulong Handle;
    public ulong PollHandle;
    public uint Flags;
    public uint Events;
}
