using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>A name found: the node, and for how many seconds the kernel may believe it. Source: linux/fuse.h, struct fuse_entry_out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EntryReply
{
    public ulong Node;
    public ulong Generation;
    public ulong EntryValid;
    public ulong AttributesValid;
    public uint EntryValidNanoseconds;
    public uint AttributesValidNanoseconds;
    public AttributesOnWire Attributes;
}
