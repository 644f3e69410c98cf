using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>Source: linux/fuse.h, struct fuse_init_out of 7.23 and later.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct InitReply
{
    public uint Major;
    public uint Minor;
    public uint MaxReadahead;
    public InitFlags Flags;
    public ushort MaxBackground;
    public ushort CongestionThreshold;
    public uint MaxWrite;
    public uint TimeGranularity;
    public ushort MaxPages;
    public ushort MapAlignment;
    public MoreInitFlags MoreFlags;

    /// <summary>How many file systems may be stacked on each other, with this one; what is backed needs 1.</summary>
    public uint MaxStackDepth;
}
