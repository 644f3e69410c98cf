using System.Runtime.CompilerServices;
using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>The descriptor that requests come by: of a mount, or of a character device. Owns it.</summary>
/// <remarks>One thread waits; the others write, wake it and end it.</remarks>
internal sealed unsafe class FuseConnection : IDisposable
{
    private readonly SafeFileHandle _device;
    private readonly SafeFileHandle _wake;
    private readonly EventPoll _poll;
    private int _isWoken;
    private bool _hasRequest;
    private volatile bool _isStopping;

    /// <param name="device">/dev/fuse after mounting, or /dev/cuse; taken over.</param>
    /// <exception cref="IOException">This process may open no more.</exception>
    public FuseConnection(SafeFileHandle device)
    {
        _device = device;

        // Reads must not block: the thread waits by epoll, so that it can be woken while users keep the mount alive.
        int descriptor = (int)device.DangerousGetHandle();
        _ = Libc.fcntl(descriptor, Libc.F_SETFL, Libc.fcntl(descriptor, Libc.F_GETFL, 0) | Libc.O_NONBLOCK);
        _wake = new SafeFileHandle(Libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK), ownsHandle: true);
        _poll = EventPoll.Make();
        if (_wake.IsInvalid || !_poll.TryAdd(_device, once: false) || !_poll.TryAdd(_wake, once: false))
        {
            Dispose();
            throw new IOException("This process has no descriptors left to serve files with.");
        }
    }

    /// <summary>Whether the thread that waits was told to stop.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Waits for a request, or for a reason to look again.</summary>
    /// <param name="buffer">Receives the request.</param>
    /// <param name="length">Its length.</param>
    public FuseEvent Wait(Span<byte> buffer, out int length)
    {
        length = 0;
        Span<int> ready = stackalloc int[8];
        while (!_isStopping)
        {
            // Each wake-up is followed by a request that was there with it: what wakes itself again and again holds up nobody.
            if (!_hasRequest)
            {
                bool isWoken = false;
                foreach (int descriptor in ready[.._poll.Wait(ready)])
                {
                    _hasRequest |= descriptor == (int)_device.DangerousGetHandle();
                    isWoken |= descriptor != (int)_device.DangerousGetHandle();
                }
                if (isWoken)
                {
                    // In this order: a wake-up that comes in between is one too many, and not one too few.
                    ulong signals;
                    _ = Libc.read((int)_wake.DangerousGetHandle(), &signals, sizeof(ulong));
                    Volatile.Write(ref _isWoken, 0);
                    return _isStopping ? FuseEvent.Ended : FuseEvent.Woken;
                }
                if (!_hasRequest)
                    continue;
            }
            _hasRequest = false;
            fixed (byte* start = buffer)
            {
                nint n = Libc.read((int)_device.DangerousGetHandle(), start, (nuint)buffer.Length);
                length = (int)n;
                if (n > 0)
                    return FuseEvent.Request;
            }

            // EAGAIN: another has it. ENOENT: the request was taken back before it was read.
            if (length == 0 || Libc.LastError is not (Errno.EINTR or Errno.EAGAIN or Errno.ENOENT))
                return FuseEvent.Ended;
        }
        return FuseEvent.Ended;
    }

    /// <summary>Whether the other end has given the connection up, of which a reply tells nothing.</summary>
    public bool HasHungUp()
    {
        Libc.pollfd polled = new() { fd = (int)_device.DangerousGetHandle() };
        return Libc.poll(&polled, 1, 0) > 0;
    }

    /// <summary>Sends a reply or a notification, of which the kernel takes all or nothing. Thread-safe.</summary>
    /// <returns>ENOENT: the caller is gone, or the kernel does not know the name. ENODEV: it is unmounted.</returns>
    public Errno Write(ReadOnlySpan<byte> bytes) => Write(bytes, []);

    /// <summary>As <see cref="Write(ReadOnlySpan{byte})"/>, in two pieces.</summary>
    [SkipLocalsInit]
    public Errno Write(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> more)
    {
        bool held = false;
        try
        {
            _device.DangerousAddRef(ref held);
            fixed (byte* start = bytes, next = more)
            {
                Libc.iovec* pieces = stackalloc Libc.iovec[2];
                pieces[0] = new() { iov_base = start, iov_len = (nuint)bytes.Length };
                pieces[1] = new() { iov_base = next, iov_len = (nuint)more.Length };
                nint written = more.IsEmpty
                    ? Libc.write((int)_device.DangerousGetHandle(), start, (nuint)bytes.Length)
                    : Libc.writev((int)_device.DangerousGetHandle(), pieces, 2);
                return written >= 0 ? Errno.None : Libc.LastError;
            }
        }
        catch (ObjectDisposedException)
        {
            return Errno.ENODEV;
        }
        finally
        {
            if (held)
                _device.DangerousRelease();
        }
    }

    /// <summary>Tells the kernel something by ioctl(2). Thread-safe.</summary>
    /// <returns>What that returns; negative where it is refused.</returns>
    public int Control<T>(uint command, ref T argument) where T : unmanaged
    {
        bool held = false;
        try
        {
            _device.DangerousAddRef(ref held);
            fixed (T* start = &argument)
                return Libc.ioctl((int)_device.DangerousGetHandle(), command, start);
        }
        catch (ObjectDisposedException)
        {
            return -1;
        }
        finally
        {
            if (held)
                _device.DangerousRelease();
        }
    }

    /// <summary>Has <see cref="Wait"/> return <see cref="FuseEvent.Woken"/> once. Thread-safe, never blocks; nothing once it has ended.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _isWoken, 1) == 0)
            Signal();
    }

    /// <summary>Has <see cref="Wait"/> return <see cref="FuseEvent.Woken"/> each time an eventfd is signalled.</summary>
    /// <returns>Whether the system has room for it.</returns>
    public bool TryWatch(SafeFileHandle eventFd) => _poll.TryAdd(eventFd, once: true);

    /// <summary>Ends <see cref="TryWatch"/>, before the eventfd is closed.</summary>
    public void Unwatch(SafeFileHandle eventFd) => _poll.Remove(eventFd);

    /// <summary>Has <see cref="Wait"/> end.</summary>
    public void StopWaiting()
    {
        _isStopping = true;
        Signal();
    }

    /// <summary>Ends the connection; nobody else may be waiting. Requests under way fail with ECONNABORTED.</summary>
    public void Dispose()
    {
        _device.Dispose();
        _wake.Dispose();
        _poll.Dispose();
    }

    private void Signal()
    {
        bool held = false;
        try
        {
            _wake.DangerousAddRef(ref held);
            ulong one = 1;
            _ = Libc.write((int)_wake.DangerousGetHandle(), &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Ended meanwhile: there is nobody to wake.
        }
        finally
        {
            if (held)
                _wake.DangerousRelease();
        }
    }
}
