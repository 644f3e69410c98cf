using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>
/// The kernel is to forget a name, which follows with an end mark. Source: linux/fuse.h, FUSE_NOTIFY_INVAL_ENTRY, struct
/// fuse_notify_inval_entry_out.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InvalidateEntry
{
    public const int Code = 3;

    public ulong Parent;
    public uint NameLength;
    public uint Flags;
}
