namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>An open file. Reads and writes of one may run at once; they may block, and throw <see cref="FuseException"/>.</summary>
internal interface IFuseHandle
{
    /// <summary>Reads.</summary>
    /// <param name="offset">Bytes from the start.</param>
    /// <param name="destination">Receives what there is; at most <see cref="FuseServer.MaxTransfer"/> bytes.</param>
    /// <returns>How many bytes; 0 at the end.</returns>
    int Read(ulong offset, Span<byte> destination);

    /// <summary>Writes.</summary>
    /// <param name="offset">Bytes from the start.</param>
    /// <param name="source">At most <see cref="FuseServer.MaxTransfer"/> bytes.</param>
    /// <param name="interrupted">
    /// The caller has got a signal, or the file system ends; <see cref="OperationCanceledException"/> becomes EINTR. A task that
    /// waits for it holds no thread.
    /// </param>
    /// <returns>How many bytes were taken.</returns>
    ValueTask<int> WriteAsync(ulong offset, ReadOnlyMemory<byte> source, CancellationToken interrupted);
}
