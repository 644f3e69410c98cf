namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>A directory. Its members are called by one thread that must not wait: they block on nothing, and thread-safe they are too.</summary>
internal abstract class FuseDirectory : FuseNode
{
    public override uint Permissions => 0x1ed; // 0755

    internal override uint TypeBits => 0x4000;

    /// <summary>What has a name now; <see langword="null"/> if nothing.</summary>
    public abstract FuseNode? Find(string name);

    /// <summary>The names now, without "." and "..".</summary>
    public abstract IReadOnlyList<string> List();
}
