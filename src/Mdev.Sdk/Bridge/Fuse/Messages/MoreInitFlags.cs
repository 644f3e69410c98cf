namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>What both sides can do, the upper half. Source: linux/fuse.h, FUSE_SECURITY_CTX and following, less 32.</summary>
[Flags]
internal enum MoreInitFlags : uint
{
    /// <summary>Files may be backed by others, which are mapped in their place. Since Linux 6.9.</summary>
    Passthrough = 1 << 5,
}
