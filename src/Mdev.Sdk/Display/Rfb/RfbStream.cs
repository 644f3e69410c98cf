using System.Buffers.Binary;
using System.Net.Sockets;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>A viewer's connection: bytes of which as many are there as a message needs, and bytes that go out in time.</summary>
/// <param name="socket">The connection; owned.</param>
internal sealed class RfbStream(Socket socket) : IDisposable
{
    // Longer than any message but the texts that are skipped.
    private const int Room = 4096;

    private readonly byte[] _buffer = new byte[Room];
    private readonly byte[] _out = new byte[4];
    private int _start, _end;

    /// <summary>Waits for bytes, and takes them.</summary>
    /// <param name="count">How many, 1 to 4096.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>They, good until the next call.</returns>
    /// <exception cref="EndOfStreamException">The viewer is gone.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(int count, CancellationToken cancel)
    {
        if (Room - _start < count)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        while (_end - _start < count)
        {
            int received = await socket.ReceiveAsync(_buffer.AsMemory(_end), cancel).ConfigureAwait(false);
            _end += received > 0 ? received : throw new EndOfStreamException();
        }
        ReadOnlyMemory<byte> bytes = _buffer.AsMemory(_start, count);
        _start += count;
        return bytes;
    }

    /// <summary>Waits for bytes that say nothing.</summary>
    public async ValueTask SkipAsync(uint count, CancellationToken cancel)
    {
        for (uint left = count; left > 0;)
            left -= (uint)(await ReadAsync((int)Math.Min(left, Room), cancel).ConfigureAwait(false)).Length;
    }

    /// <summary>Sends bytes.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, cancel).ConfigureAwait(false)..];
    }

    /// <summary>Sends a number of 4 bytes.</summary>
    public ValueTask SendAsync(uint number, CancellationToken cancel)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_out, number);
        return SendAsync(_out, cancel);
    }

    public void Dispose() => socket.Dispose();
}
