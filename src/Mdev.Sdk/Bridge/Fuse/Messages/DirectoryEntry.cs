using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>One entry of a listing; its name follows, padded to 8 bytes. Source: linux/fuse.h, struct fuse_dirent.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DirectoryEntry
{
    public ulong Inode;

    /// <summary>Where a listing that ends here goes on.</summary>
    public ulong Next;

    public uint NameLength;

    /// <summary>The type's bits of a mode, shifted right by 12.</summary>
    public uint Type;
}
