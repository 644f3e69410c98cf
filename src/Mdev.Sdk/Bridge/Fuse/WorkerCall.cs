using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Mdev.Sdk.Bridge.Fuse.Messages;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>A read or write on a worker thread, which its caller's signal cancels. Used again and again.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "An interrupt of it may be under way when it ends, and it holds no timer.")]
internal sealed class WorkerCall
{
    private readonly OpenFiles _files;
    private byte[] _buffer = [];
    private CancellationTokenSource _interrupted = new();
    private IFuseHandle? _handle;
    private ulong _offset;
    private int _size;
    private bool _isWrite, _isInterrupted;

    public WorkerCall(OpenFiles files)
    {
        _files = files;
        Run = Begin;
    }

    /// <summary>The request's number.</summary>
    public ulong Unique { get; private set; }

    /// <summary>What the worker thread calls.</summary>
    public Action Run { get; }

    /// <summary>Takes a read or write over.</summary>
    public void Take(ulong unique, IFuseHandle handle, ulong offset, int size, ReadOnlySpan<byte> source, bool isWrite)
    {
        (Unique, _handle, _offset, _size, _isWrite) = (unique, handle, offset, size, isWrite);
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
                ? _handle!.WriteAsync(_offset, memory, _interrupted.Token)
                : _handle!.ReadAsync(_offset, memory, _interrupted.Token);
            if (result.IsCompletedSuccessfully)
                End(result.Result);
            else
                _ = EndAsync(result);
        }
        catch (Exception e)
        {
            End(-(int)_files.ErrorOf(e));
        }
    }

    private async Task EndAsync(ValueTask<int> result)
    {
        int value;
        try
        {
            value = await result.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            value = -(int)_files.ErrorOf(e);
        }
        End(value);
    }

    private void End(int result)
    {
        _handle = null;
        if (!_isWrite && result > 0)
        {
            int length = ReplyHeader.Size + Math.Min(result, _size);
            MemoryMarshal.Write(_buffer, new ReplyHeader { Length = (uint)length, Unique = Unique });
            _files.End(this, _buffer.AsSpan(0, length));
        }
        else
        {
            _files.End(this, result, _isWrite);
        }
    }
}
