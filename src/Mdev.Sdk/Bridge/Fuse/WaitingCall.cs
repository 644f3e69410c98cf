using System.Buffers;
using Mdev.Sdk.Bridge.Fuse.Messages;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>A call whose caller waits for the device: it is made again when something has changed, and holds no thread meanwhile.</summary>
/// <param name="header">The request's header.</param>
/// <param name="file">Which file.</param>
/// <param name="body">The request after its header; copied.</param>
internal readonly struct WaitingCall(in RequestHeader header, OpenFile file, ReadOnlySpan<byte> body)
{
    private readonly byte[] _body = Copy(body);
    private readonly int _length = body.Length;

    public RequestHeader Header { get; } = header;

    public OpenFile File { get; } = file;

    public Span<byte> Body => _body.AsSpan(0, _length);

    /// <summary>It is answered.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(_body);

    private static byte[] Copy(ReadOnlySpan<byte> body)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(copy);
        return copy;
    }
}
