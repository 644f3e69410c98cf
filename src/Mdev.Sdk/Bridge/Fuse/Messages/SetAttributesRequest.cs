using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>Source: linux/fuse.h, struct fuse_setattr_in; what follows <see cref="Length"/> is of no concern here.</summary>
[StructLayout(LayoutKind.Sequential, Size = 88)]
internal struct SetAttributesRequest
{
    /// <summary>FATTR_MODE, FATTR_UID and FATTR_GID.</summary>
    public const uint Ownership = 0x1 | 0x2 | 0x4;

    /// <summary>FATTR_SIZE.</summary>
    public const uint SizeBit = 0x8;

    public uint Valid;
    public uint Padding;
    public ulong Handle;
    public ulong Length;
}
