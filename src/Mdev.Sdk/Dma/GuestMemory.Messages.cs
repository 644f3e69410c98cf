using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Mdev.Sdk.Dma;

/// <summary>Guest memory whether the client shares it or not.</summary>
public sealed partial class GuestMemory
{
    /// <summary>
    /// Copies guest memory into <paramref name="destination"/>: at once where the client shares it, and by messages to the client where it
    /// does not.
    /// </summary>
    /// <remarks>
    /// For asynchronous work of the device. Never on the device's lock, as in a register handler: the client answers nothing until the
    /// handler has returned, which would stop both for seconds and then end the connection. <see cref="TryRead"/> serves there.
    /// </remarks>
    /// <param name="address">Guest DMA address of the first byte; any alignment.</param>
    /// <param name="destination">Receives exactly its own length in bytes; contents unspecified on false.</param>
    /// <param name="cancellation">Gives up waiting for the client.</param>
    /// <returns>
    /// <see langword="false"/> if any byte is not mapped readable, or is not shared and the client refuses it or cannot be asked.
    /// </returns>
    /// <exception cref="InvalidOperationException">This thread holds the device's lock, whether or not the memory is shared.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ValueTask<bool> ReadAsync(ulong address, Memory<byte> destination, CancellationToken cancellation = default)
    {
        ThrowIfOnDeviceGate(nameof(TryRead));
        if (cancellation.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellation);
        if (TryRead(address, destination.Span))
            return new ValueTask<bool>(true);
        return Messages is { } messages && IsReachable(address, (ulong)destination.Length, DmaProtection.Read, shared: false)
            ? ReadByMessages(messages, address, destination, cancellation)
            : new ValueTask<bool>(false);
    }

    /// <summary>
    /// Copies <paramref name="source"/> into guest memory: at once where the client shares it, and by messages to the client where it does
    /// not.
    /// </summary>
    /// <remarks>As <see cref="ReadAsync"/>; <see cref="TryWrite"/> serves on the device's lock.</remarks>
    /// <param name="address">Guest DMA address of the first byte; any alignment.</param>
    /// <param name="source">The bytes; unchanged until the result is there.</param>
    /// <param name="cancellation">Gives up waiting for the client.</param>
    /// <returns>
    /// <see langword="false"/> if any byte is not mapped writable, and nothing is written then; or if it is not shared and the client
    /// refuses it or cannot be asked, and some may have been written.
    /// </returns>
    /// <exception cref="InvalidOperationException">This thread holds the device's lock, whether or not the memory is shared.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ValueTask<bool> WriteAsync(ulong address, ReadOnlyMemory<byte> source, CancellationToken cancellation = default)
    {
        ThrowIfOnDeviceGate(nameof(TryWrite));
        if (cancellation.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellation);
        if (TryWrite(address, source.Span))
            return new ValueTask<bool>(true);
        return Messages is { } messages && IsReachable(address, (ulong)source.Length, DmaProtection.Write, shared: false)
            ? WriteByMessages(messages, address, source, cancellation)
            : new ValueTask<bool>(false);
    }

    // No lease is held while the client is asked: its answer may stand behind the message that unmaps the very range.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadByMessages(
        IDmaMessages messages, ulong address, Memory<byte> destination, CancellationToken cancellation)
    {
        while (!destination.IsEmpty)
        {
            if (!TryFindForCertain(address, DmaProtection.Read, out DmaMapping? mapping))
                return false;
            Memory<byte> piece = destination[..LengthIn(mapping, address, destination.Length)];
            bool done = mapping.File is not null
                ? TryRead(address, piece.Span)
                : await messages.ReadAsync(address, piece, cancellation).ConfigureAwait(false);
            if (!done)
                return false;
            destination = destination[piece.Length..];
            address += (ulong)piece.Length;
        }
        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WriteByMessages(
        IDmaMessages messages, ulong address, ReadOnlyMemory<byte> source, CancellationToken cancellation)
    {
        while (!source.IsEmpty)
        {
            if (!TryFindForCertain(address, DmaProtection.Write, out DmaMapping? mapping))
                return false;
            ReadOnlyMemory<byte> piece = source[..LengthIn(mapping, address, source.Length)];
            if (mapping.File is not null)
            {
                if (!TryWrite(address, piece.Span))
                    return false;
            }
            else
            {
                try
                {
                    if (!await messages.WriteAsync(address, piece, cancellation).ConfigureAwait(false))
                        return false;
                }
                finally
                {
                    // Whatever came of it, some may have been written.
                    mapping.MarkDirty(address, (ulong)piece.Length);
                }
            }
            source = source[piece.Length..];
            address += (ulong)piece.Length;
        }
        return true;
    }

    private bool TryFindForCertain(ulong address, DmaProtection needed, [NotNullWhen(true)] out DmaMapping? mapping)
    {
        lock (_gate)
            return _mappings.TryFind(address, out mapping) && mapping.Allows(needed);
    }

    private void ThrowIfOnDeviceGate(string instead)
    {
        if (_deviceGate is { IsHeldByCurrentThread: true })
        {
            throw new InvalidOperationException(
                "The client may have to be asked for guest memory, and it answers nothing while the device's lock is held, as it is in a "
                + $"register handler, a timer and posted work. Reach shared memory by {instead} here, or do this in asynchronous work "
                + "off the lock.");
        }
    }
}
