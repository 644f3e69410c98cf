using System.Text;
using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Interrupts;

/// <summary>An eventfd that a client handed over, or is handed. Owns the descriptor.</summary>
internal sealed class EventFd : IDisposable
{
    private readonly SafeFileHandle _handle;

    // Read once: the handle lives as long as this object, and a signal must not pay for reference counting.
    private readonly int _descriptor;

    private EventFd(SafeFileHandle handle)
    {
        _handle = handle;
        _descriptor = (int)handle.DangerousGetHandle();
    }

    /// <summary>The descriptor, for poll.</summary>
    public int Descriptor => _descriptor;

    /// <summary>Makes one of the device's own, which clients are given to signal.</summary>
    /// <returns><see langword="null"/> if this process may open no more.</returns>
    public static EventFd? TryMake()
    {
        int descriptor = Libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK);
        return descriptor < 0 ? null : new EventFd(new SafeFileHandle(descriptor, ownsHandle: true));
    }

    /// <summary>Takes the descriptor over if it is an eventfd; otherwise it stays the caller's.</summary>
    /// <remarks>
    /// Anything else that can be written to could block the device (a full pipe) or damage what is behind it (a file). For
    /// the same reason the eventfd becomes non-blocking: one whose counter is full would block its writer for ever.
    /// </remarks>
    public static unsafe EventFd? TryAdopt(SafeFileHandle handle)
    {
        int descriptor = (int)handle.DangerousGetHandle();
        Span<byte> target = stackalloc byte[64];
        nint length;
        fixed (byte* path = Encoding.ASCII.GetBytes($"/proc/self/fd/{descriptor}\0"), buffer = target)
            length = Libc.readlink(path, buffer, (nuint)target.Length);
        if (length < 0 || !target[..(int)length].SequenceEqual("anon_inode:[eventfd]"u8))
            return null;

        int flags = Libc.fcntl(descriptor, Libc.F_GETFL, 0);
        if (flags < 0 || Libc.fcntl(descriptor, Libc.F_SETFL, flags | Libc.O_NONBLOCK) < 0)
            return null;
        return new EventFd(handle);
    }

    /// <summary>Adds one to the counter. A full counter keeps its value: its reader has not looked for 2^64 signals.</summary>
    /// <remarks>
    /// Whether a full counter blocks is a flag that the client shares, and can take back. Then this waits, for as long as the client
    /// is there and wants it so, or until <see cref="Unblock"/>.
    /// </remarks>
    public unsafe void Signal()
    {
        ulong one = 1;
        _ = Libc.write(_descriptor, &one, sizeof(ulong));
    }

    /// <summary>Takes all signals out of the counter. Never waits for one, whatever the client makes of the descriptor.</summary>
    /// <returns>Whether there were any.</returns>
    public unsafe bool Drain()
    {
        const nint NoOffset = -1;
        ulong count;
        Libc.iovec vector = new() { iov_base = (byte*)&count, iov_len = sizeof(ulong) };
        nint read = Libc.preadv2(_descriptor, &vector, 1, NoOffset, Libc.RWF_NOWAIT);

        // Linux before 5.12 cannot be told so call by call.
        if (read < 0 && Libc.LastError == Errno.ENOTSUP)
            read = Libc.read(_descriptor, &count, sizeof(ulong));
        return read == sizeof(ulong);
    }

    /// <summary>
    /// Lets a <see cref="Signal"/> go on that waits for a client which has filled the counter and made it block. On any thread; the
    /// device's lock, which the one that waits holds, is not needed.
    /// </summary>
    public void Unblock()
    {
        bool held = false;
        try
        {
            _handle.DangerousAddRef(ref held);
            Drain();
        }
        catch (ObjectDisposedException)
        {
            // Gone meanwhile, so nobody waits.
        }
        finally
        {
            if (held)
                _handle.DangerousRelease();
        }
    }

    public void Dispose() => _handle.Dispose();
}
