using System.Runtime.InteropServices;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interop;
using Mdev.Sdk.VfioUser.Messages;
using Mdev.Sdk.VfioUser.Polling;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.VfioUser;

/// <summary>
/// A connection as messages: whole ones with their descriptors in, replies out. One receive takes all that is there, so
/// posted writes cost less than a system call each.
/// </summary>
internal sealed partial class MessageStream(int socket, VfioDevice device, AdaptivePolling polling, IBodyPlaces places) : IDisposable
{
    private const int InitialCapacity = 8192;

    private readonly MessageBuffer _in = new(InitialCapacity);
    private readonly MessageBuffer _out = new(InitialCapacity);
    private readonly List<SafeFileHandle?> _descriptors = [];
    private readonly MessageSender _sender = new(socket);

    // The unread bytes of _in, and where they stand in the stream.
    private int _start;
    private int _end;
    private ulong _position;

    // A receive ends with the bytes that descriptors travel with, so those belong to the first message that reaches as far.
    // Several receives may have brought some before a message is complete.
    private readonly Queue<(ulong End, int Count)> _batches = [];

    // Where the bytes end that descriptors travelled with which this process could not take: the message that reaches as far lacks them.
    private ulong _lostUpTo = ulong.MaxValue;

    // How many of _descriptors the message has that is being worked on.
    private int _owned;

    /// <summary>The sending half, which others than the thread that receives use as well.</summary>
    public MessageSender Sender => _sender;

    /// <summary>Waits for the next message.</summary>
    /// <param name="message">The message; for <see cref="ReceiveResult.FramingLost"/> its header alone.</param>
    public ReceiveResult Receive(out Message message)
    {
        ReleaseDescriptors();
        SetTail(default);
        message = default;
        while (true)
        {
            int available = _end - _start;
            int needed = MessageHeader.Length;
            if (available >= MessageHeader.Length)
            {
                var header = MemoryMarshal.Read<MessageHeader>(_in.Span[_start..]);
                if (header.Size is < MessageHeader.Length or > Limits.MaxMessage)
                {
                    message = new Message { Header = header };
                    return ReceiveResult.FramingLost;
                }

                needed = (int)header.Size;
                if (available >= needed)
                {
                    message = Take(header);
                    return ReceiveResult.Message;
                }

                if (needed > InitialCapacity && available >= LargeHead && _descriptors.Count == 0
                    && places.Find(header, _in.Span[(_start + MessageHeader.Length)..(_start + LargeHead)]) is { IsEmpty: false } body)
                    return ReceiveBody(header, body, out message);
            }

            if (!Fill(needed))
                return ReceiveResult.Closed;
        }
    }

    /// <summary>Where the payload of a reply of this many bytes goes, zeroed or not.</summary>
    public Span<byte> ReplyPayload(int length)
    {
        _out.Grow(MessageHeader.Length + length);
        return _out.Span.Slice(MessageHeader.Length, length);
    }

    /// <summary>Sends the first <paramref name="length"/> bytes of the reply's payload as the answer to a command.</summary>
    /// <param name="command">What is answered.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="descriptors">Go with the reply and stay the caller's.</param>
    /// <returns>Whether the connection still holds.</returns>
    public bool Reply(in MessageHeader command, int length, ReadOnlySpan<int> descriptors)
    {
        var header = new MessageHeader(
            command.Id, command.Command, (uint)(MessageHeader.Length + length + _tailLength), MessageFlags.Reply, Error: 0);
        return Send(header, length, descriptors);
    }

    /// <summary>Refuses a command. vfio-user, "Header": an error reply is a header alone.</summary>
    /// <returns>Whether the connection still holds.</returns>
    public bool ReplyError(in MessageHeader command, Errno error)
    {
        var header = new MessageHeader(
            command.Id, command.Command, MessageHeader.Length, MessageFlags.Reply | MessageFlags.Error, (uint)error);
        SetTail(default);
        return Send(header, 0, []);
    }

    public void Dispose()
    {
        _owned = _descriptors.Count;
        ReleaseDescriptors();
        _sender.Dispose();
        polling.End();
        _in.Dispose();
        _out.Dispose();
    }

    // One send a reply: cloud-hypervisor expects header and payload in one receive.
    private bool Send(in MessageHeader header, int length, ReadOnlySpan<int> descriptors)
    {
        // Before the client learns the answer, so that what it handed over is settled by then.
        ReleaseDescriptors();
        MemoryMarshal.Write(_out.Span, header);
        ReadOnlySpan<byte> message = _out.Span[..(MessageHeader.Length + length)];
        Note(header.Size);
        return Tail.IsEmpty ? _sender.Send(message, descriptors) : _sender.Send(message, Tail);
    }

    private Message Take(MessageHeader header)
    {
        ReadOnlySpan<byte> payload = _in.Span[(_start + MessageHeader.Length)..(_start + (int)header.Size)];
        _start += (int)header.Size;
        return Take(header, payload);
    }

    private Message Take(MessageHeader header, ReadOnlySpan<byte> payload)
    {
        _position += header.Size;
        Note(header.Size);
        while (_batches.TryPeek(out (ulong End, int Count) batch) && batch.End <= _position)
            _owned += _batches.Dequeue().Count;
        bool lost = _lostUpTo <= _position;
        if (lost)
            _lostUpTo = ulong.MaxValue;
        return new Message
        {
            Header = header,
            Payload = payload,
            HasLostDescriptors = lost,
            Descriptors = CollectionsMarshal.AsSpan(_descriptors)[.._owned],
        };
    }

    // Closes what the message before has left.
    private void ReleaseDescriptors()
    {
        if (_owned == 0)
            return;
        foreach (SafeFileHandle? descriptor in CollectionsMarshal.AsSpan(_descriptors)[.._owned])
            descriptor?.Dispose();
        _descriptors.RemoveRange(0, _owned);
        _owned = 0;
    }

    private bool Fill(int needed)
    {
        // All of these came with the message that is not complete yet, and none carries more: they were sent piece by piece to use up
        // what this process may open. (What the next receive brings may be the next message's.)
        if (_descriptors.Count > UnixSocket.MaxDescriptors)
            return false;

        MakeRoom(needed);
        int before = _descriptors.Count;
        nint received = WaitAndReceive(default, out bool truncated);
        if (received <= 0)
            return false;

        _end += (int)received;
        NoteDescriptors(before, _end - _start, truncated);
        return true;
    }

    // After a receive: how many there were before it, and how many bytes of the stream from the present position on it has reached.
    private void NoteDescriptors(int before, int reached, bool truncated)
    {
        if (_descriptors.Count > before)
            _batches.Enqueue((_position + (ulong)reached, _descriptors.Count - before));
        if (truncated)
        {
            SessionLog.DescriptorsLost(device.Logger, device.Uuid);
            _lostUpTo = _position + (ulong)reached;
        }
    }

    private void MakeRoom(int needed)
    {
        if (_start == _end)
            _start = _end = 0;
        if (_start + needed > _in.Capacity)
        {
            _in.Span[_start.._end].CopyTo(_in.Span);
            (_start, _end) = (0, _end - _start);
        }
        _in.Grow(needed);
    }
}
