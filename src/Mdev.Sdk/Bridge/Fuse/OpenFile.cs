namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>An open file, with what its callers wait for. Used by the thread that takes requests, except where said.</summary>
internal sealed class OpenFile(IFuseHandle handle, uint flags)
{
    private const uint NonBlocking = 0x800; // O_NONBLOCK

    private int _users = 1;

    public IFuseHandle Handle { get; } = handle;

    /// <summary>Whether its calls must not wait. As of the last one that said so: IOCTL does not.</summary>
    public bool IsNonBlocking { get; private set; } = (flags & NonBlocking) != 0;

    /// <summary>What the kernel calls this file in a notification that it has become ready; 0 if it does not wait for one.</summary>
    public ulong PollHandle { get; set; }

    public void SetFlags(uint flags)
    {
        IsNonBlocking = (flags & NonBlocking) != 0;
        Handle.SetFlags(flags);
    }

    /// <summary>A call on a worker thread begins.</summary>
    public void Enter() => Interlocked.Increment(ref _users);

    /// <summary>It has ended, or nobody has the file open any more. Thread-safe.</summary>
    /// <returns>Whether both: then it is released, and its handlers run no more.</returns>
    public bool Leave() => Interlocked.Decrement(ref _users) == 0;
}
