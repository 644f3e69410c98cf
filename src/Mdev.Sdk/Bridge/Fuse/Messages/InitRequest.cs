using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>The first request, as far as it concerns all versions. Source: linux/fuse.h, struct fuse_init_in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InitRequest
{
    /// <summary>Bytes before 7.36.</summary>
    public const int OldSize = 16;

    public uint Major;
    public uint Minor;
    public uint MaxReadahead;
    public InitFlags Flags;

    /// <summary>Since 7.36; there with <see cref="InitFlags.Extended"/>.</summary>
    public MoreInitFlags MoreFlags;
}
