using Mdev.Sdk.Bridge.Fuse;

namespace Mdev.Sdk.Bridge.Files;

/// <summary>A file to which anything is written to have something done.</summary>
/// <param name="run">Does it, on a worker thread.</param>
internal sealed class CommandFile(Func<Errno> run) : FuseFile, IFuseHandle
{
    public override uint Permissions => 0x80; // 0200

    public bool WritesAtOnce => false;

    public override IFuseHandle Open(FuseCaller caller) => this;

    public ValueTask<int> WriteAsync(ulong offset, ReadOnlyMemory<byte> source, CancellationToken interrupted) =>
        new(run() is not Errno.None and Errno error ? -(int)error : source.Length);
}
