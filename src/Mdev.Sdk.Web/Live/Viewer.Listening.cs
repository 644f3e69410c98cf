using System.Buffers.Binary;
using System.Net.WebSockets;
using Mdev.Sdk.Display;

namespace Mdev.Sdk.Web.Live;

/// <summary>What the page sends.</summary>
internal sealed partial class Viewer
{
    private async Task<Farewell> ListenAsync()
    {
        byte[] message = new byte[LiveProtocol.LongestMessage + 1];
        try
        {
            while (true)
            {
                int length = 0;
                ValueWebSocketReceiveResult received;
                do
                {
                    if (length == message.Length)
                        return new(WebSocketCloseStatus.MessageTooBig, "No message is as long.");
                    received = await socket.ReceiveAsync(message.AsMemory(length), _cutOff.Token).ConfigureAwait(false);
                    length += received.Count;
                }
                while (!received.EndOfMessage);

                if (received.MessageType == WebSocketMessageType.Close)
                    return new(WebSocketCloseStatus.NormalClosure, null);
                if (received.MessageType == WebSocketMessageType.Text)
                    return new(WebSocketCloseStatus.InvalidMessageType, "Messages are binary.");
                if (!Take(message.AsSpan(0, length)))
                    return new(WebSocketCloseStatus.ProtocolError, "There is no such message.");
            }
        }
        catch (Exception e) when (IsGone(e))
        {
            return s_silent;
        }
    }

    // Whether the protocol has such a message.
    private bool Take(ReadOnlySpan<byte> message)
    {
        switch (message)
        {
            case [0] when Interlocked.Exchange(ref _isOwed, 0) == 1:
                _shown.Release();
                return true;
            case [1, 0 or 1, _, _, _, _]:
                screen.Key(BinaryPrimitives.ReadUInt32LittleEndian(message[2..]), message[1] == 1);
                return true;
            case [2, < 0x20, _, _, _, _]:
                screen.Pointer(
                    BinaryPrimitives.ReadUInt16LittleEndian(message[2..]),
                    BinaryPrimitives.ReadUInt16LittleEndian(message[4..]),
                    (PointerButtons)message[1]);
                return true;
            case [3, 0 or 1]:
                _wantsLog = message[1] == 1;
                if (_told.CurrentCount == 0)
                    _told.Release();
                return true;
            default:
                return false;
        }
    }
}
