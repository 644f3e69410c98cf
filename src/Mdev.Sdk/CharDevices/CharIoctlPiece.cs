using System.Runtime.InteropServices;

namespace Mdev.Sdk;

/// <summary>A piece of a caller's memory. Source: linux/fuse.h, struct fuse_ioctl_iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CharIoctlPiece(ulong Address, ulong Length);
