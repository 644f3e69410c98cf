namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>What a system call on the file system fails with.</summary>
internal sealed class FuseException(Errno error) : Exception(error.ToString())
{
    public Errno Error { get; } = error;
}
