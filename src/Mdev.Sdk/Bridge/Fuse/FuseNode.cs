namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>Something with a name in a file system that this process serves. Nodes are compared by reference.</summary>
internal abstract class FuseNode
{
    // 1 is the root's in every mount.
    private static ulong s_last = 1;

    /// <summary>Unique among all nodes of the process, never used twice.</summary>
    public ulong Number { get; } = Interlocked.Increment(ref s_last);

    /// <summary>What stat(2) shows as times.</summary>
    public DateTimeOffset Made { get; } = DateTimeOffset.UtcNow;

    /// <summary>The permission bits of the mode.</summary>
    public abstract uint Permissions { get; }

    /// <summary>Bytes; what the node was made with, for ever.</summary>
    public virtual ulong Size => 0;

    /// <summary>The type's bits of the mode. Source: stat(2).</summary>
    internal abstract uint TypeBits { get; }
}
