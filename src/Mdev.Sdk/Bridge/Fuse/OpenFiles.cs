using System.Runtime.InteropServices;
using Mdev.Sdk.Bridge.Fuse.Messages;
using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>
/// The open files of one connection, and the calls on them: what a file system and a character device have in common. A call that
/// waits for nobody is made by the thread that takes requests and allocates nothing; one that waits for the device is kept as
/// data and made again; one that blocks runs on a worker thread.
/// </summary>
/// <remarks>Used by the thread that takes requests, except where said.</remarks>
internal sealed partial class OpenFiles : IDisposable
{
    /// <summary>Most bytes of one read or write; the kernel divides longer ones.</summary>
    public const int MaxTransfer = 0x10000;

    /// <summary>Room for any request or reply: the longest is an ioctl's.</summary>
    public const int BufferSize = CharIoctl.MaxBytes + 0x1000;

    /// <summary>Most calls at once that block.</summary>
    public const int MostWorkers = 16;

    private readonly FuseConnection _connection;
    private readonly WorkerThreads _workers;
    private readonly WorkerCalls _calls;
    private readonly ILogger _logger;
    private readonly string _path;
    private readonly Action _wake;
    private readonly Dictionary<ulong, OpenFile> _files = [];
    private readonly Dictionary<WaitQueueHead, int> _queues = [];
    private readonly List<WaitingCall> _waiting = [];
    private readonly List<OpenFile> _polled = [];
    private readonly byte[] _reply = GC.AllocateUninitializedArray<byte>(BufferSize, pinned: true);
    private readonly CharIoctlPiece[] _pieces = new CharIoctlPiece[2 * CharIoctl.MaxPieces];

    /// <param name="connection">Where answers go.</param>
    /// <param name="path">For logs, and the names of threads.</param>
    /// <param name="logger">Receives what handlers did wrong.</param>
    public OpenFiles(FuseConnection connection, string path, ILogger logger)
    {
        (_connection, _path, _logger) = (connection, path, logger);
        _workers = new WorkerThreads("fuse " + Path.GetFileName(path), MostWorkers);
        _calls = new WorkerCalls(this);
        _wake = connection.Wake;
    }

    /// <summary>Opens a file.</summary>
    /// <param name="number">A number for it, never used twice.</param>
    /// <param name="node">The file.</param>
    /// <param name="caller">Who opens it.</param>
    /// <returns>Why it is not open.</returns>
    public Errno Open(ulong number, FuseFile node, FuseCaller caller)
    {
        try
        {
            var file = new OpenFile(node.Open(caller), caller.Flags);
            if (file.Handle.EventFd is { } eventFd && !_connection.TryWatch(eventFd))
            {
                Leave(file);
                return Errno.ENOSPC;
            }
            file.SetFlags(caller.Flags);
            if (file.Handle.Queue is { } queue)
                Connect(queue);
            _files.Add(number, file);
            return Errno.None;
        }
        catch (Exception e)
        {
            // By ENOSYS the kernel would learn that no file of this connection need be opened, nor released, ever again.
            return ErrorOf(e) is var error && error == Errno.ENOSYS ? Errno.ENOTSUP : error;
        }
    }

    /// <summary>Makes a call on an open file, if that is what a request is.</summary>
    /// <param name="header">The request's header.</param>
    /// <param name="body">What follows it.</param>
    public bool TryTake(in RequestHeader header, Span<byte> body)
    {
        switch (header.Opcode)
        {
            case Opcode.Read or Opcode.Write:
                Transfer(header, body);
                return true;
            case Opcode.Ioctl:
                Ioctl(header, body);
                return true;
            case Opcode.Poll:
                Poll(header, body);
                return true;
            case Opcode.Interrupt:
                if (MemoryMarshal.TryRead(body, out ulong unique))
                    Interrupt(unique);
                return true;
            case Opcode.Release:
                AnswerError(header.Unique, MemoryMarshal.TryRead(body, out ReleaseRequest release) ? Close(release.Handle) : Errno.EINVAL);
                return true;
            case Opcode.Flush:
                AnswerError(header.Unique, Errno.None);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Something has changed: calls that wait are made again, and who polls is told.</summary>
    public void Retry()
    {
        int kept = 0;
        for (int i = 0; i < _waiting.Count; i++)
        {
            WaitingCall call = _waiting[i];
            call.File.Handle.Queue?.Prepare();
            if (Make(call.Header, call.File, call.Body))
                call.Return();
            else
                _waiting[kept++] = call;
        }
        _waiting.RemoveRange(kept, _waiting.Count - kept);
        NotifyPolled();
    }

    /// <summary>Ends all calls, and closes all files.</summary>
    public void End()
    {
        foreach (WaitingCall call in _waiting)
        {
            AnswerError(call.Header.Unique, Errno.ENODEV);
            call.Return();
        }
        _waiting.Clear();
        foreach (OpenFile file in _files.Values)
            Leave(file);
        _files.Clear();
        foreach (WaitQueueHead queue in _queues.Keys)
            queue.Disconnect(_wake);
        _queues.Clear();
    }

    /// <summary>Interrupts what blocks, and lets no more in. Thread-safe.</summary>
    public void Dispose()
    {
        _calls.End();
        _workers.End();
    }

    /// <summary>What a call fails with whose handler has thrown. Thread-safe.</summary>
    public Errno ErrorOf(Exception exception)
    {
        switch (exception)
        {
            case FuseException refused:
                return refused.Error;
            case OperationCanceledException:
                return Errno.EINTR;
            default:
                FuseLog.HandlerThrew(_logger, exception, _path);
                return Errno.EIO;
        }
    }

    /// <summary>A file has a user less; its last one releases it. Thread-safe.</summary>
    public void Leave(OpenFile file)
    {
        if (!file.Leave())
            return;
        try
        {
            file.Handle.Release();
        }
        catch (Exception e)
        {
            ErrorOf(e);
        }
    }

    private Errno Close(ulong number)
    {
        if (!_files.Remove(number, out OpenFile? file))
            return Errno.EBADF;
        _polled.Remove(file);
        EndWaiting(file);
        if (file.Handle.EventFd is { } eventFd)
            _connection.Unwatch(eventFd);
        if (file.Handle.Queue is { } queue)
            Disconnect(queue);
        Leave(file);
        return Errno.None;
    }

    // No kernel closes a file that somebody reads: but its handlers must not run again.
    private void EndWaiting(OpenFile file)
    {
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            WaitingCall call = _waiting[i];
            if (call.File != file)
                continue;
            _waiting.RemoveAt(i);
            AnswerError(call.Header.Unique, Errno.EBADF);
            call.Return();
        }
    }

    // Once for all its files: whoever wakes may hold the device's lock.
    private void Connect(WaitQueueHead queue)
    {
        if (_queues.TryGetValue(queue, out int files))
        {
            _queues[queue] = files + 1;
            return;
        }
        queue.Connect(_wake);
        _queues.Add(queue, 1);
    }

    private void Disconnect(WaitQueueHead queue)
    {
        if (--_queues[queue] != 0)
            return;
        queue.Disconnect(_wake);
        _queues.Remove(queue);
    }

    private void Interrupt(ulong unique)
    {
        for (int i = 0; i < _waiting.Count; i++)
        {
            WaitingCall call = _waiting[i];
            if (call.Header.Unique != unique)
                continue;
            _waiting.RemoveAt(i);
            AnswerError(unique, Errno.EINTR);
            call.Return();
            try
            {
                call.File.Handle.Interrupted();
            }
            catch (Exception e)
            {
                ErrorOf(e);
            }
            return;
        }
        _calls.Interrupt(unique);
    }
}
