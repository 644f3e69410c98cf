namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>A file whose every read and write is a call.</summary>
internal abstract class FuseFile : FuseNode
{
    internal override uint TypeBits => 0x8000;

    /// <summary>The descriptor of what is mapped where the file is; negative for nothing. Always the same.</summary>
    public virtual int Memory => -1;

    /// <summary>Whether it has no position, as a pipe has none.</summary>
    public virtual bool IsStream => false;

    /// <summary>A descriptor's own view of it. Must not block.</summary>
    /// <exception cref="FuseException">It cannot be opened.</exception>
    public abstract IFuseHandle Open(FuseCaller caller);
}
