using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mdev.Sdk.Bridge.Fuse.Messages;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>Reads, writes, ioctls and polls.</summary>
internal sealed partial class OpenFiles
{
    // What is copied faster than it is asked for, and written in two pieces.
    private const int WorthReaching = 0x1000;

    private void Transfer(in RequestHeader header, Span<byte> body)
    {
        Errno error = Errno.EBADF;
        if (!MemoryMarshal.TryRead(body, out TransferRequest request))
            error = Errno.EINVAL;
        else if (_files.TryGetValue(request.Handle, out OpenFile? file))
            error = Transfer(header, file, request, body);
        if (error != Errno.None)
            AnswerError(header.Unique, error);
    }

    private Errno Transfer(in RequestHeader header, OpenFile file, in TransferRequest request, Span<byte> body)
    {
        bool isWrite = header.Opcode == Opcode.Write;
        ReadOnlySpan<byte> source = isWrite ? body[TransferRequest.Bytes..] : [];
        if (isWrite && (request.Size != source.Length || request.Size > MaxTransfer))
            return Errno.EINVAL;
        file.SetFlags(request.Flags);
        if (isWrite ? file.Handle.WritesAtOnce : file.Handle.ReadsAtOnce(request.Offset))
        {
            if (!isWrite && request.Size >= WorthReaching && TryReach(header.Unique, file, request))
                return Errno.None;
            MakeOrWait(header, file, body);
            return Errno.None;
        }

        int size = (int)Math.Min(request.Size, MaxTransfer);
        WorkerCall call = _calls.Take(header.Unique, file, request.Offset, size, source, isWrite);
        _workers.Run(call.Run);
        return Errno.None;
    }

    // Bytes of memory go to the caller from where they are.
    [SkipLocalsInit]
    private bool TryReach(ulong unique, OpenFile file, in TransferRequest request)
    {
        Span<byte> head = stackalloc byte[ReplyHeader.Size];
        if (!file.Handle.TryReach(request.Offset, (int)Math.Min(request.Size, MaxTransfer), out ReadOnlySpan<byte> bytes))
            return false;
        MemoryMarshal.Write(head, new ReplyHeader { Length = (uint)(ReplyHeader.Size + bytes.Length), Unique = unique });
        _connection.Write(head, bytes);
        return true;
    }

    private void Ioctl(in RequestHeader header, Span<byte> body)
    {
        if (!MemoryMarshal.TryRead(body, out IoctlRequest request) || request.InSize != body.Length - IoctlRequest.Bytes)
            AnswerError(header.Unique, Errno.EINVAL);
        else if ((request.Flags & IoctlRequest.OfDirectory) != 0)
            AnswerError(header.Unique, Errno.ENOTTY);
        else if (!_files.TryGetValue(request.Handle, out OpenFile? file))
            AnswerError(header.Unique, Errno.EBADF);
        else
            MakeOrWait(header, file, body);
    }

    private void MakeOrWait(in RequestHeader header, OpenFile file, Span<byte> body)
    {
        // Before the handler is asked, so that nothing which happens between its answer and the wait is missed.
        file.Handle.Queue?.Prepare();
        if (!Make(header, file, body))
            _waiting.Add(new WaitingCall(header, file, body));
    }

    // Returns whether it is answered; otherwise its caller waits.
    private bool Make(in RequestHeader header, OpenFile file, Span<byte> body)
    {
        int result;
        int length = 0;
        try
        {
            if (header.Opcode == Opcode.Ioctl)
                result = Ioctl(header, file, body, out length);
            else if (header.Opcode == Opcode.Write)
                result = Write(header.Unique, file, body, out length);
            else
                result = Read(header.Unique, file, body, out length);
        }
        catch (Exception e)
        {
            result = -(int)ErrorOf(e);
        }

        if (result == CharFile.WouldBlock && !file.IsNonBlocking)
            return false;
        if (result < 0)
            AnswerError(header.Unique, (Errno)(-result));
        else
            _connection.Write(_reply.AsSpan(0, length));
        return true;
    }

    // Each leaves its answer in the buffer for replies, and says how long it is.
    private int Read(ulong unique, OpenFile file, Span<byte> body, out int length)
    {
        var request = MemoryMarshal.Read<TransferRequest>(body);
        int size = (int)Math.Min(request.Size, MaxTransfer);
        int result = file.Handle.Read(request.Offset, _reply.AsSpan(ReplyHeader.Size, size));

        // What is longer than one transfer comes in pieces: who has got one does not wait for the next. A stream's first has offset 0.
        if (result == CharFile.WouldBlock && request.Offset != 0)
            result = 0;
        length = ReplyHeader.Size + Math.Clamp(result, 0, size);
        MemoryMarshal.Write(_reply, new ReplyHeader { Length = (uint)length, Unique = unique });
        return result;
    }

    private int Write(ulong unique, OpenFile file, Span<byte> body, out int length)
    {
        var request = MemoryMarshal.Read<TransferRequest>(body);
        int result = file.Handle.Write(request.Offset, body[TransferRequest.Bytes..]);
        var answer = new Reply(_reply);
        answer.Add(new WriteReply { Size = (uint)Math.Clamp(result, 0, (int)request.Size) });
        length = answer.Finish(unique, 0).Length;
        return result;
    }

    private int Ioctl(RequestHeader header, OpenFile file, Span<byte> body, out int length)
    {
        const int Head = ReplyHeader.Size + IoctlReply.Bytes;
        var request = MemoryMarshal.Read<IoctlRequest>(body);
        int room = (int)Math.Min(request.OutSize, CharIoctl.MaxBytes);
        Span<byte> output = _reply.AsSpan(Head, room);
        output.Clear();
        bool retries = (request.Flags & IoctlRequest.Unrestricted) != 0;
        var ioctl = new CharIoctl(request.Command, request.Argument, body[IoctlRequest.Bytes..], output, retries ? _pieces : []);
        int result = file.Handle.Ioctl((int)header.Process, ref ioctl);

        var answer = new Reply(_reply);
        if (ioctl.Refusal != Errno.None)
        {
            result = -(int)ioctl.Refusal;
        }
        else if (ioctl.NeedsMore)
        {
            result = 0;
            answer.Add(new IoctlReply
            {
                Flags = IoctlReply.Retry, InPieces = (uint)ioctl.InPieces.Length, OutPieces = (uint)ioctl.OutPieces.Length,
            });
            answer.Add(MemoryMarshal.AsBytes(ioctl.InPieces));
            answer.Add(MemoryMarshal.AsBytes(ioctl.OutPieces));
        }
        else
        {
            answer.Add(new IoctlReply { Result = result });
            answer.Skip(ioctl.OutputLength);
        }
        length = answer.Finish(header.Unique, 0).Length;
        return result;
    }

    private void Poll(in RequestHeader header, ReadOnlySpan<byte> body)
    {
        if (!MemoryMarshal.TryRead(body, out PollRequest request))
        {
            AnswerError(header.Unique, Errno.EINVAL);
            return;
        }
        if (!_files.TryGetValue(request.Handle, out OpenFile? file))
        {
            AnswerError(header.Unique, Errno.EBADF);
            return;
        }

        if ((request.Flags & PollRequest.ScheduleNotify) != 0)
        {
            if (file.PollHandle == 0)
                _polled.Add(file);
            file.PollHandle = request.PollHandle;
            file.Handle.Queue?.Prepare();
        }
        var answer = new Reply(_reply);
        answer.Add(new PollReply { Events = (uint)EventsOf(file) });
        _connection.Write(answer.Finish(header.Unique, 0));
    }

    // The kernel asks again then, whichever events it waits for.
    private void NotifyPolled()
    {
        Span<byte> buffer = stackalloc byte[ReplyHeader.Size + sizeof(ulong)];
        int kept = 0;
        for (int i = 0; i < _polled.Count; i++)
        {
            OpenFile file = _polled[i];
            file.Handle.Queue?.Prepare();
            if (EventsOf(file) == PollEvents.None)
            {
                _polled[kept++] = file;
                continue;
            }
            var notification = new Reply(buffer);
            notification.Add(file.PollHandle);
            file.PollHandle = 0;
            _connection.Write(notification.Finish(0, PollReply.Notification));
        }
        _polled.RemoveRange(kept, _polled.Count - kept);
    }

    private PollEvents EventsOf(OpenFile file)
    {
        try
        {
            return file.Handle.Poll();
        }
        catch (Exception e)
        {
            ErrorOf(e);
            return PollEvents.Error;
        }
    }

    /// <summary>A read on a worker thread has ended. Thread-safe.</summary>
    public void End(WorkerCall call, ReadOnlySpan<byte> reply)
    {
        if (_calls.Forget(call))
            _connection.Write(reply);
        _calls.Return(call);
    }

    /// <summary>A write on a worker thread has ended, or a read with nothing. Thread-safe.</summary>
    public void End(WorkerCall call, int result, bool isWrite)
    {
        ulong unique = call.Unique;
        bool isAwaited = _calls.Forget(call);
        if (isAwaited && result < 0)
        {
            AnswerError(unique, (Errno)(-result));
        }
        else if (isAwaited)
        {
            Span<byte> buffer = stackalloc byte[ReplyHeader.Size + 8];
            var reply = new Reply(buffer);
            if (isWrite)
                reply.Add(new WriteReply { Size = (uint)result });
            _connection.Write(reply.Finish(unique, 0));
        }
        _calls.Return(call);
    }

    /// <summary>Answers with an error, or with nothing but that there is none. Thread-safe.</summary>
    [SkipLocalsInit]
    public void AnswerError(ulong unique, Errno error)
    {
        // Numbers that the kernel keeps for itself it does not take, and the caller would wait for ever. Source: fs/fuse/dev.c.
        const uint Last = 511;
        Span<byte> buffer = stackalloc byte[ReplyHeader.Size];
        _connection.Write(new Reply(buffer).Finish(unique, (uint)error <= Last ? -(int)error : -(int)Errno.EIO));
    }
}
