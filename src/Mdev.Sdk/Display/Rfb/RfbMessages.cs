using System.Buffers.Binary;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>Reads what a viewer says, for as long as it does. Source: RFC 6143, section 7.5.</summary>
/// <param name="stream">The connection.</param>
/// <param name="input">Gets its keys and its pointer.</param>
/// <param name="requests">Gets what it wants to see.</param>
internal sealed class RfbMessages(RfbStream stream, ViewerInput input, ViewerRequests requests)
{
    // A clipboard of what people copy; it goes nowhere here.
    private const uint LongestText = 1 << 20;

    private ViewerSettings _settings = ViewerSettings.Default;

    /// <summary>How it wants to see it, as it has said last.</summary>
    public ViewerSettings Settings => Volatile.Read(ref _settings);

    /// <summary>Reads until something ends it.</summary>
    /// <exception cref="RfbException">What came is no message, or one that is not served.</exception>
    /// <exception cref="EndOfStreamException">The viewer is gone.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">It is gone, too.</exception>
    public async Task ReadAsync(CancellationToken cancel)
    {
        while (true)
        {
            var type = (RfbMessageType)(await stream.ReadAsync(1, cancel).ConfigureAwait(false)).Span[0];
            switch (type)
            {
                case RfbMessageType.SetPixelFormat:
                    TakeFormat((await stream.ReadAsync(19, cancel).ConfigureAwait(false)).Span[3..]);
                    break;
                case RfbMessageType.SetEncodings:
                    await ReadEncodingsAsync(cancel).ConfigureAwait(false);
                    break;
                case RfbMessageType.FramebufferUpdateRequest:
                    TakeRequest((await stream.ReadAsync(9, cancel).ConfigureAwait(false)).Span);
                    break;
                case RfbMessageType.KeyEvent:
                    TakeKey((await stream.ReadAsync(7, cancel).ConfigureAwait(false)).Span);
                    break;
                case RfbMessageType.PointerEvent:
                    TakePointer((await stream.ReadAsync(5, cancel).ConfigureAwait(false)).Span);
                    break;
                case RfbMessageType.ClientCutText:
                    await SkipTextAsync(cancel).ConfigureAwait(false);
                    break;
                default:
                    throw new RfbException($"sent a message of the unknown type {(byte)type}");
            }
        }
    }

    private void TakeFormat(ReadOnlySpan<byte> message)
    {
        if (RfbPixelFormat.TryRead(message, out RfbPixelFormat format) is { } mistake)
            throw new RfbException($"wants {mistake}");
        Volatile.Write(ref _settings, Settings.In(format));
    }

    private async Task ReadEncodingsAsync(CancellationToken cancel)
    {
        int count = BinaryPrimitives.ReadUInt16BigEndian((await stream.ReadAsync(3, cancel).ConfigureAwait(false)).Span[1..]);
        RfbEncoding? wanted = null;
        bool canResize = false;
        for (int i = 0; i < count; i++)
        {
            var encoding = (RfbEncoding)BinaryPrimitives.ReadInt32BigEndian((await stream.ReadAsync(4, cancel).ConfigureAwait(false)).Span);
            canResize |= encoding == RfbEncoding.DesktopSize;
            if (encoding is RfbEncoding.Raw or RfbEncoding.Zrle)
                wanted ??= encoding;
        }
        Volatile.Write(ref _settings, Settings with { Encoding = wanted ?? RfbEncoding.Raw, CanResize = canResize });
    }

    private void TakeRequest(ReadOnlySpan<byte> message)
    {
        (int left, int top) = (Number(message[1..]), Number(message[3..]));
        requests.Ask(new ScreenArea(left, top, left + Number(message[5..]), top + Number(message[7..])), isIncremental: message[0] != 0);
    }

    private void TakeKey(ReadOnlySpan<byte> message) =>
        input.Key(BinaryPrimitives.ReadUInt32BigEndian(message[3..]), isDown: message[0] != 0);

    // Of eight buttons those that a device hears of.
    private void TakePointer(ReadOnlySpan<byte> message) =>
        input.Pointer(Number(message[1..]), Number(message[3..]), (PointerButtons)(message[0] & 0x1f));

    private async Task SkipTextAsync(CancellationToken cancel)
    {
        uint length = BinaryPrimitives.ReadUInt32BigEndian((await stream.ReadAsync(7, cancel).ConfigureAwait(false)).Span[3..]);
        if (length > LongestText)
            throw new RfbException($"sent a text of {length} bytes");
        await stream.SkipAsync(length, cancel).ConfigureAwait(false);
    }

    private static int Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
