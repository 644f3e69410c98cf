using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mdev.Sdk.Interop;
using Mdev.Sdk.VfioUser.Messages;

namespace Mdev.Sdk.VfioUser;

/// <summary>Many bytes go between the socket and where they belong, without a copy in between.</summary>
internal sealed unsafe partial class MessageStream
{
    // What of a large message is looked at before the rest is received.
    private const int LargeHead = MessageHeader.Length + RegionAccess.Length;

    // What the reply in the making ends with.
    private byte* _tail;
    private int _tailLength;

    private ReadOnlySpan<byte> Tail => new(_tail, _tailLength);

    /// <summary>The reply to the present message goes on with bytes that are sent from where they are.</summary>
    /// <param name="bytes">Not of the garbage collector's memory; they stay there until the next message is received.</param>
    public void SetTail(ReadOnlySpan<byte> bytes)
    {
        _tail = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
        _tailLength = bytes.Length;
    }

    // All that is in the buffer belongs to the message.
    private ReceiveResult ReceiveBody(MessageHeader header, scoped Span<byte> body, out Message message)
    {
        message = default;
        ReadOnlySpan<byte> begun = _in.Span[(_start + LargeHead).._end];
        begun.CopyTo(body);
        for (int length = begun.Length; length < body.Length;)
        {
            if (_descriptors.Count > UnixSocket.MaxDescriptors)
                return ReceiveResult.Closed;
            int before = _descriptors.Count;
            nint received = WaitAndReceive(body[length..], out bool truncated);
            if (received <= 0)
                return ReceiveResult.Closed;
            length += (int)received;
            NoteDescriptors(before, LargeHead + length, truncated);
        }

        ReadOnlySpan<byte> head = _in.Span[(_start + MessageHeader.Length)..(_start + LargeHead)];
        _start = _end;
        message = Take(header, head) with { IsPlaced = true };
        return ReceiveResult.Message;
    }
}
