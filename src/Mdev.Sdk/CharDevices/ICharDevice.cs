using System.ComponentModel;

namespace Mdev.Sdk;

/// <summary>
/// A host character device: what a kernel driver's file_operations are. Generated for a class with <see cref="CharDeviceAttribute"/>;
/// whoever serves it calls it. Source: Linux include/linux/fs.h.
/// </summary>
/// <remarks>
/// Every call holds the device's lock, except the asynchronous ones. Numbers returned are bytes or values, or a negative errno, as in
/// the kernel: <see cref="CharFile.WouldBlock"/> has a blocking caller wait until <see cref="WaitQueueHead.WakeUp"/>, and fails one that
/// must not wait with EAGAIN.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICharDevice
{
    /// <summary>The node's name, with the placeholders of <see cref="CharDeviceAttribute.Name"/>.</summary>
    string NodeName { get; }

    /// <summary>Whom <see cref="CharFile.WouldBlock"/> has wait.</summary>
    WaitQueueHead Queue { get; }

    /// <summary>Which handlers are asynchronous.</summary>
    CharOperations Asynchronous => CharOperations.None;

    /// <summary>Which handlers there are.</summary>
    CharOperations Operations { get; }

    /// <summary>open(2).</summary>
    /// <returns>0, or a negative errno.</returns>
    int Open(CharFile file) => 0;

    /// <summary>read(2).</summary>
    int Read(CharFile file, Span<byte> destination) => -(int)Errno.EINVAL;

    /// <summary>read(2), where <see cref="Asynchronous"/> says so; off the device's lock.</summary>
    ValueTask<int> ReadAsync(CharFile file, Memory<byte> destination, CancellationToken interrupted) => new(-(int)Errno.EINVAL);

    /// <summary>write(2).</summary>
    int Write(CharFile file, ReadOnlySpan<byte> source) => -(int)Errno.EINVAL;

    /// <summary>write(2), where <see cref="Asynchronous"/> says so; off the device's lock.</summary>
    ValueTask<int> WriteAsync(CharFile file, ReadOnlyMemory<byte> source, CancellationToken interrupted) => new(-(int)Errno.EINVAL);

    /// <summary>poll(2).</summary>
    PollEvents Poll(CharFile file) => PollEvents.In | PollEvents.Out;

    /// <summary>ioctl(2).</summary>
    int Ioctl(CharFile file, ref CharIoctl ioctl) => -(int)Errno.ENOTTY;

    /// <summary>A caller that waited has got a signal; its call fails with EINTR.</summary>
    void Interrupted(CharFile file)
    {
    }

    /// <summary>The last close(2).</summary>
    void Release(CharFile file)
    {
    }
}
