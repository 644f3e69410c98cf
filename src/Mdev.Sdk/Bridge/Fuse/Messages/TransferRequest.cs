using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>
/// READ, WRITE and READDIR, which share a layout; a write's bytes follow. Source: linux/fuse.h, struct fuse_read_in and struct
/// fuse_write_in.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TransferRequest
{
    public const int Bytes = 40;

    public ulong Handle;
    public ulong Offset;
    public uint Size;
    public uint TransferFlags;
    public ulong LockOwner;
    public uint Flags;
    public uint Padding;
}
