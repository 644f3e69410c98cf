namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>What is mounted on a folder.</summary>
internal enum MountState
{
    /// <summary>No FUSE file system.</summary>
    None,

    /// <summary>One that a process serves.</summary>
    Live,

    /// <summary>One whose process is gone: everything in it fails with ENOTCONN.</summary>
    Dead,
}
