using System.Runtime.InteropServices;

namespace Mdev.Devices;

/// <summary>
/// The host's end: a read takes a message that the guest has sent, and waits for one; a write sends one to the guest, and waits for room.
/// A message is read and written whole, or not at all.
/// </summary>
public sealed partial class MessageCardRegisters
{
    private const uint FlushToHost = 1, FlushToGuest = 2;

    private int _open;
    private ulong _received, _sent;

    [OnCharOpen] private void Open() => Opened(1);
    [OnCharRelease] private void Release() => Opened(-1);

    [OnCharRead]
    private int Read(Span<byte> destination)
    {
        if (!_toHost.TryPeek(out byte[]? first))
            return CharFile.WouldBlock;
        if (first.Length > destination.Length)
            return -(int)Errno.EMSGSIZE;
        first.CopyTo(destination);
        Received(1);
        return first.Length;
    }

    [OnCharWrite]
    private int Write(ReadOnlySpan<byte> source)
    {
        if (source.Length > _longest)
            return -(int)Errno.EMSGSIZE;
        if (source.IsEmpty)
            return 0;
        if (_toGuest.Count >= _depth)
            return CharFile.WouldBlock;
        _toGuest.Enqueue(source.ToArray());
        _sent++;
        Changed();
        InterruptStatus = InterruptStatus with { Message = true };
        return source.Length;
    }

    [OnCharPoll]
    private PollEvents Poll() =>
        (_toHost.Count > 0 ? PollEvents.In : PollEvents.None) | (_toGuest.Count < _depth ? PollEvents.Out : PollEvents.None);

    [OnCharIoctl(MessageCardIoctls.GetStatus)]
    private void GetStatus(out MessageCardState state) =>
        state = new((uint)_depth, (uint)_longest, (uint)_toHost.Count, (uint)_toGuest.Count, _received, _sent);

    // Messages that are on their way already stay.
    [OnCharIoctl(MessageCardIoctls.SetLimits)]
    private int SetLimits(in MessageCardLimits limits)
    {
        if (limits.Depth is 0 or > MostMessages || limits.Longest is 0 or > MostBytes)
            return -(int)Errno.EINVAL;
        (_depth, _longest) = ((int)limits.Depth, (int)limits.Longest);
        Changed();
        return 0;
    }

    [OnCharIoctl(MessageCardIoctls.Peek)]
    private int Peek(ref MessageCardPeek peek)
    {
        if (peek.Queue > 1)
            return -(int)Errno.EINVAL;
        Queue<byte[]> queue = peek.Queue == 0 ? _toHost : _toGuest;
        if (peek.Index >= queue.Count)
            return -(int)Errno.ENOENT;
        byte[] message = queue.ElementAt((int)peek.Index);
        peek = peek with { Length = (uint)message.Length, Start = StartOf(message) };
        return 0;
    }

    /// <summary>Empties queues; the result is how many messages were in them.</summary>
    [OnCharIoctl(MessageCardIoctls.Flush)]
    private int Flush(uint which)
    {
        if (which is 0 or > (FlushToHost | FlushToGuest))
            return -(int)Errno.EINVAL;
        int dropped = 0;
        if ((which & FlushToGuest) != 0)
        {
            dropped += _toGuest.Count;
            _toGuest.Clear();
            _taken = 0;
        }

        if ((which & FlushToHost) != 0)
        {
            dropped += _toHost.Count;
            _toHost.Clear();
            InterruptStatus = InterruptStatus with { Room = true };
        }

        Changed();
        return dropped;
    }

    /// <summary>Takes as many messages as there is room for, and waits for none.</summary>
    [OnCharIoctl(MessageCardIoctls.Take)]
    private int Take(ref CharIoctl ioctl)
    {
        // All is asked for before anything changes: until it is there, this runs again from the start.
        int head = Marshal.SizeOf<MessageCardBatch>();
        if (!ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.In, out Span<MessageCardBatch> request))
            return 0;
        if (request[0].ArgumentSize < head)
            return -(int)Errno.EINVAL;
        int room = (int)Math.Min(request[0].ArgumentSize, CharIoctl.MaxBytes);
        if (!ioctl.TryAccess(ioctl.Argument, room, CharIoctlAccess.Out, out Span<byte> batch))
            return 0;

        int used = head, count = 0;
        foreach (byte[] message in _toHost)
        {
            int length = sizeof(uint) + Padded(message.Length);
            if (length > room - used)
                break;
            MemoryMarshal.Write(batch[used..], (uint)message.Length);
            message.CopyTo(batch[(used + sizeof(uint))..]);
            used += length;
            count++;
        }

        if (count == 0 && _toHost.TryPeek(out byte[]? first))
            used += sizeof(uint) + Padded(first.Length);
        MemoryMarshal.Write(batch, new MessageCardBatch((uint)used, (uint)count));
        Received(count);
        return 0;
    }

    private static int Padded(int length) => (length + 3) & ~3;

    private void Received(int count)
    {
        if (count == 0)
            return;
        for (int i = 0; i < count; i++)
            _toHost.Dequeue();
        _received += (ulong)count;
        Changed();
        InterruptStatus = InterruptStatus with { Room = true };
    }

    private void Opened(int more)
    {
        _open += more;
        Changed();
        InterruptStatus = InterruptStatus with { Host = true };
    }
}
