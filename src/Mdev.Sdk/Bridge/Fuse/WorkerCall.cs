using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mdev.Sdk.Bridge.Fuse.Messages;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>A read or write on a worker thread, which its caller's signal cancels. Used again and again.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "An interrupt of it may be under way when it ends, and it holds no timer.")]
internal sealed class WorkerCall
{
    private readonly OpenFiles _files;
    private readonly Action _goOn;
    private byte[] _buffer = [];
    private CancellationTokenSource _interrupted = new();
    private OpenFile? _file;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _result;
    private ulong _offset;
    private int _size;
    private bool _isWrite, _isInterrupted;

    public WorkerCall(OpenFiles files)
    {
        _files = files;
        (Run, _goOn) = (Begin, GoOn);
    }

    /// <summary>The request's number.</summary>
    public ulong Unique { get; private set; }

    /// <summary>What the worker thread calls.</summary>
    public Action Run { get; }

    /// <summary>Takes a read or write over.</summary>
    public void Take(ulong unique, OpenFile file, ulong offset, int size, ReadOnlySpan<byte> source, bool isWrite)
    {
        (Unique, _file, _offset, _size, _isWrite) = (unique, file, offset, size, isWrite);
        file.Enter();
        int needed = ReplyHeader.Size + size;
        if (_buffer.Length < needed)
            _buffer = new byte[needed];
        source.CopyTo(_buffer.AsSpan(ReplyHeader.Size));

        // One that is about to be cancelled would cancel the next caller's call.
        if (_isInterrupted)
            _interrupted = new CancellationTokenSource();
        _isInterrupted = false;
    }

    /// <summary>Its caller has got a signal. What hangs on that does not run on the calling thread.</summary>
    public void Interrupt()
    {
        _isInterrupted = true;
        ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _interrupted, preferLocal: false);
    }

    private void Begin()
    {
        try
        {
            _interrupted.Token.ThrowIfCancellationRequested();
            Memory<byte> memory = _buffer.AsMemory(ReplyHeader.Size, _size);
            ValueTask<int> result = _isWrite
                ? _file!.Handle.WriteAsync(_offset, memory, _interrupted.Token)
                : _file!.Handle.ReadAsync(_offset, memory, _interrupted.Token);
            _result = result.ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception e)
        {
            End(-(int)_files.ErrorOf(e));
            return;
        }

        // Not by an asynchronous method, which would allocate itself anew for each call that waits.
        if (_result.IsCompleted)
            GoOn();
        else
            _result.UnsafeOnCompleted(_goOn);
    }

    private void GoOn()
    {
        int result;
        try
        {
            result = _result.GetResult();
        }
        catch (Exception e)
        {
            result = -(int)_files.ErrorOf(e);
        }
        End(result);
    }

    private void End(int result)
    {
        // Before the answer, after which the file may be closed: its release comes last.
        OpenFile file = _file!;
        (_file, _result) = (null, default);
        _files.Leave(file);
        result = Math.Min(result, _size);
        if (!_isWrite && result > 0)
        {
            int length = ReplyHeader.Size + result;
            MemoryMarshal.Write(_buffer, new ReplyHeader { Length = (uint)length, Unique = Unique });
            _files.End(this, _buffer.AsSpan(0, length));
        }
        else
        {
            _files.End(this, result, _isWrite);
        }
    }
}
