using System.Runtime.InteropServices;

namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>The first request on /dev/cuse. Source: linux/fuse.h, struct cuse_init_in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CuseInitRequest
{
    public uint Major;
    public uint Minor;
    public uint Unused;
    public uint Flags;
}
