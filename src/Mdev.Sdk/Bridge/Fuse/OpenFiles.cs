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

    /// <summary>Keeps a file that was opened.</summary>
    /// <param name="number">A number for it, never used twice.</param>
    /// <param name="handle">The file.</param>
    /// <param name="flags">As of open(2).</param>
    /// <exception cref="FuseException">The system has no room for it; it is released.</exception>
    public void Add(ulong number, IFuseHandle handle, uint flags)
    {
        var file = new OpenFile(handle, flags);
        if (handle.EventFd is { } eventFd && !_connection.TryWatch(eventFd))
        {
            Release(file);
            throw new FuseException(Errno.ENOSPC);
        }
        file.SetFlags(flags);
        handle.Queue?.Connect(_wake);
        _files.Add(number, file);
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
            Release(file);
        _files.Clear();
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

    private Errno Close(ulong number)
    {
        if (!_files.Remove(number, out OpenFile? file))
            return Errno.EBADF;
        _polled.Remove(file);
        if (file.Handle.EventFd is { } eventFd)
            _connection.Unwatch(eventFd);
        Release(file);
        return Errno.None;
    }

    private void Release(OpenFile file)
    {
        try
        {
            file.Handle.Release();
        }
        catch (Exception e)
        {
            ErrorOf(e);
        }
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
