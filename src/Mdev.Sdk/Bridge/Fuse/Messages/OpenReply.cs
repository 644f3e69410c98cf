using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>Source: linux/fuse.h, struct fuse_open_out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenReply
{
    /// <summary>FOPEN_DIRECT_IO: nothing of the file is kept in the page cache.</summary>
    public const uint DirectIo = 1 << 0;

    /// <summary>FOPEN_PARALLEL_DIRECT_WRITES: writers of one file do not wait for each other. Kernels before 6.2 do not know it.</summary>
    public const uint ParallelWrites = 1 << 6;

    /// <summary>FOPEN_STREAM: it has no position, so that a reader that waits keeps no writer of the same descriptor waiting.</summary>
    public const uint Stream = 1 << 4;

    /// <summary>
    /// FOPEN_PASSTHROUGH: who maps the file maps <see cref="Backing"/>. With <see cref="DirectIo"/>, reads and writes are requests all the
    /// same. Source: Linux Documentation/filesystems/fuse/fuse-passthrough.rst.
    /// </summary>
    public const uint Passthrough = 1 << 7;

    public ulong Handle;
    public uint Flags;

    /// <summary>The number of a file that the kernel was told of; 0 for none.</summary>
    public int Backing;
}
