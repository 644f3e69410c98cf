using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>
/// An open file. What it returns is bytes or a value, or a negative errno, as in the kernel; -EAGAIN has a caller that may wait do so
/// until <see cref="Queue"/> is woken, and then the call is made again.
/// </summary>
internal interface IFuseHandle
{
    /// <summary>Whom -EAGAIN has wait; <see langword="null"/> where nobody waits, or <see cref="EventFd"/> wakes them.</summary>
    WaitQueueHead? Queue => null;

    /// <summary>An eventfd whose signals wake who waits, until <see cref="Release"/>; <see langword="null"/> for none.</summary>
    SafeFileHandle? EventFd => null;

    /// <summary>Whether a read waits for nobody, so that the thread that takes requests makes it; otherwise <see cref="ReadAsync"/>.</summary>
    bool ReadsAtOnce(ulong offset) => true;

    /// <summary>Whether a write waits for nobody; otherwise <see cref="WriteAsync"/>.</summary>
    bool WritesAtOnce => true;

    /// <summary>The caller's open flags, as of a call that follows.</summary>
    void SetFlags(uint flags)
    {
    }

    /// <summary>Reads; must not block.</summary>
    /// <param name="offset">Bytes from the start.</param>
    /// <param name="destination">Receives what there is; at most <see cref="OpenFiles.MaxTransfer"/> bytes.</param>
    /// <returns>How many bytes; 0 at the end.</returns>
    int Read(ulong offset, Span<byte> destination) => -(int)Errno.EINVAL;

    /// <summary>Says where the bytes are that a read would do nothing but copy.</summary>
    /// <param name="offset">Bytes from the start.</param>
    /// <param name="count">At most <see cref="OpenFiles.MaxTransfer"/> bytes.</param>
    /// <param name="bytes">Receives the bytes; there until the call is answered.</param>
    /// <returns>Whether there are so many; otherwise nothing has happened.</returns>
    bool TryReach(ulong offset, int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return false;
    }

    /// <summary>Reads on a worker thread, where it may block, and throw <see cref="FuseException"/>.</summary>
    /// <param name="offset">Bytes from the start.</param>
    /// <param name="destination">Receives what there is; at most <see cref="OpenFiles.MaxTransfer"/> bytes.</param>
    /// <param name="interrupted">
    /// The caller has got a signal, or the file system ends; <see cref="OperationCanceledException"/> becomes EINTR. A task that
    /// waits for it holds no thread. Soon: after two seconds the caller gets EINTR, and what was read is lost.
    /// </param>
    ValueTask<int> ReadAsync(ulong offset, Memory<byte> destination, CancellationToken interrupted) =>
        throw new FuseException(Errno.EINVAL);

    /// <summary>Writes; must not block.</summary>
    /// <param name="offset">Bytes from the start.</param>
    /// <param name="source">At most <see cref="OpenFiles.MaxTransfer"/> bytes.</param>
    /// <returns>How many bytes were taken.</returns>
    int Write(ulong offset, ReadOnlySpan<byte> source) => -(int)Errno.EINVAL;

    /// <summary>Writes on a worker thread; see <see cref="ReadAsync"/>.</summary>
    ValueTask<int> WriteAsync(ulong offset, ReadOnlyMemory<byte> source, CancellationToken interrupted) =>
        throw new FuseException(Errno.EINVAL);

    /// <summary>What poll(2) shows.</summary>
    PollEvents Poll() => PollEvents.In | PollEvents.Out;

    /// <summary>ioctl(2); must not block.</summary>
    /// <param name="thread">The thread that calls, as this process's namespace numbers it; 0 if it has no number there.</param>
    /// <param name="ioctl">The call.</param>
    int Ioctl(int thread, ref CharIoctl ioctl) => -(int)Errno.ENOTTY;

    /// <summary>A caller that waited has got a signal; its call fails with EINTR.</summary>
    void Interrupted()
    {
    }

    /// <summary>Nobody has it open any more.</summary>
    void Release()
    {
    }
}
