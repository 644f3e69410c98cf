namespace Mdev.Sdk.Dma;

/// <summary>
/// Guest memory by messages to the client, for what it has mapped without sharing it. Source: vfio-user, "VFIO_USER_DMA_READ",
/// "VFIO_USER_DMA_WRITE".
/// </summary>
/// <remarks>
/// Never on the device's lock, nor on the thread that answers the client: QEMU answers none of these while a register access is under
/// way. The range has been checked against the mappings.
/// </remarks>
internal interface IDmaMessages
{
    /// <summary>Asks the client for bytes.</summary>
    /// <param name="address">Guest DMA address of the first byte.</param>
    /// <param name="destination">Receives exactly its own length in bytes; any length.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns><see langword="false"/> if the client refused, is gone, or cannot do it.</returns>
    ValueTask<bool> ReadAsync(ulong address, Memory<byte> destination, CancellationToken cancellation);

    /// <summary>Hands the client bytes.</summary>
    /// <param name="address">Guest DMA address of the first byte.</param>
    /// <param name="source">The bytes; any length.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns><see langword="false"/> if the client refused, is gone, or cannot do it; some bytes may have been written.</returns>
    ValueTask<bool> WriteAsync(ulong address, ReadOnlyMemory<byte> source, CancellationToken cancellation);

    /// <summary>Ends every transfer with false: the device is reset or stops. Never waits.</summary>
    void AbandonAll() { }
}
