namespace Mdev.Sdk.Bridge.Fuse.Messages;

/// <summary>What both sides can do. Source: linux/fuse.h, FUSE_ASYNC_READ and following.</summary>
[Flags]
internal enum InitFlags : uint
{
    /// <summary>Writes of more than a page come whole.</summary>
    BigWrites = 1 << 5,

    /// <summary>Directories may be listed with the attributes of what is in them.</summary>
    ReadDirPlus = 1 << 13,

    /// <summary>The kernel chooses when that pays.</summary>
    ReadDirPlusAuto = 1 << 14,

    /// <summary>Look-ups and listings of one directory may be under way at once.</summary>
    ParallelDirectories = 1 << 18,

    /// <summary><see cref="InitReply.MaxPages"/> counts.</summary>
    MaxPages = 1 << 22,

    /// <summary>The kernel remembers where a link leads.</summary>
    CacheLinks = 1 << 23,

    /// <summary>There are <see cref="MoreInitFlags"/> too.</summary>
    Extended = 1 << 30,
}
