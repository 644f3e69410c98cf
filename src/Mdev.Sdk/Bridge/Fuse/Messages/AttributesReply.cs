using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>Answer to GETATTR and SETATTR. Source: linux/fuse.h, struct fuse_attr_out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AttributesReply
{
    public ulong Valid;
    public uint ValidNanoseconds;
    public uint Padding;
    public AttributesOnWire Attributes;
}
