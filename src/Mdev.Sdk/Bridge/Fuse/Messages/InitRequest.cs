using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>The first request, as far as it concerns all versions. Source: linux/fuse.h, struct fuse_init_in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InitRequest
{
    public uint Major;
    public uint Minor;
    public uint MaxReadahead;
    public InitFlags Flags;
}
