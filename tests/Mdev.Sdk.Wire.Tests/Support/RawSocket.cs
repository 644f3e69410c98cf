using System.Net.Sockets;
using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Wire.Tests.Support;

/// <summary>
/// An end of a connection that never waits by itself: what finds no room, or is not there yet, is the caller's to try again. So a
/// test can go on sending to a server that has stopped reading, and the other way round.
/// </summary>
internal sealed unsafe class RawSocket(Socket socket) : IDisposable
{
    private const int DontWait = 0x40;
    private const int MaxDescriptors = 253;
    private const int ControlSize = 16 + (MaxDescriptors * sizeof(int)) + 8;

    private readonly int _descriptor = (int)socket.Handle;

    /// <summary>Connects, or throws as <see cref="Socket.Connect(System.Net.EndPoint)"/> does.</summary>
    public static RawSocket Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return new RawSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends what there is room for.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="descriptors">Go with the first byte, and stay the caller's.</param>
    /// <returns>How many bytes were taken; 0 if there is no room; negative if the peer is gone.</returns>
    public int Send(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> descriptors)
    {
        byte* control = stackalloc byte[ControlSize];
        fixed (byte* start = bytes)
        {
            Libc.iovec vector = new() { iov_base = start, iov_len = (nuint)bytes.Length };
            Libc.msghdr message = new() { msg_iov = &vector, msg_iovlen = 1 };
            if (!descriptors.IsEmpty)
            {
                var header = (Libc.cmsghdr*)control;
                header->cmsg_len = (nuint)(sizeof(Libc.cmsghdr) + (descriptors.Length * sizeof(int)));
                (header->cmsg_level, header->cmsg_type) = (Libc.SOL_SOCKET, Libc.SCM_RIGHTS);
                descriptors.CopyTo(new Span<int>(header + 1, descriptors.Length));
                message.msg_control = control;
                message.msg_controllen = (header->cmsg_len + 7) & ~(nuint)7;
            }

            nint sent = Libc.sendmsg(_descriptor, &message, Libc.MSG_NOSIGNAL | DontWait);

            // ETOOMANYREFS: too many descriptors are under way until the peer has read some of them.
            const int TooManyReferences = 109;
            return sent >= 0 ? (int)sent : Libc.LastError is Errno.EAGAIN or Errno.EINTR or (Errno)TooManyReferences ? 0 : -1;
        }
    }

    /// <summary>Takes what is there.</summary>
    /// <param name="buffer">Receives the bytes.</param>
    /// <param name="descriptors">Receives the descriptors.</param>
    /// <returns>How many bytes; 0 if nothing is there; negative if the peer is gone.</returns>
    public int Receive(Span<byte> buffer, List<SafeFileHandle> descriptors)
    {
        byte* control = stackalloc byte[ControlSize];
        fixed (byte* start = buffer)
        {
            Libc.iovec vector = new() { iov_base = start, iov_len = (nuint)buffer.Length };
            Libc.msghdr message = new() { msg_iov = &vector, msg_iovlen = 1, msg_control = control, msg_controllen = ControlSize };
            nint received = Libc.recvmsg(_descriptor, &message, Libc.MSG_CMSG_CLOEXEC | DontWait);
            if (received < 0)
                return Libc.LastError is Errno.EAGAIN or Errno.EINTR ? 0 : -1;

            var header = (Libc.cmsghdr*)control;
            if (message.msg_controllen >= (nuint)sizeof(Libc.cmsghdr) && header->cmsg_type == Libc.SCM_RIGHTS)
            {
                int count = ((int)header->cmsg_len - sizeof(Libc.cmsghdr)) / sizeof(int);
                foreach (int descriptor in new ReadOnlySpan<int>(header + 1, count))
                    descriptors.Add(new SafeFileHandle(descriptor, ownsHandle: true));
            }
            return received == 0 ? -1 : (int)received;
        }
    }

    /// <summary>Waits until there is something to read, or room to write if that is wanted too.</summary>
    /// <returns><see langword="false"/> if neither came in time.</returns>
    public bool Wait(bool room, TimeSpan timeout) => Wait([this], room, timeout);

    /// <summary>Waits for any of several.</summary>
    public static bool Wait(ReadOnlySpan<RawSocket> sockets, bool room, TimeSpan timeout)
    {
        Libc.pollfd* polled = stackalloc Libc.pollfd[sockets.Length];
        for (int i = 0; i < sockets.Length; i++)
        {
            short events = room ? (short)(Libc.POLLIN | Libc.POLLOUT) : Libc.POLLIN;
            polled[i] = new() { fd = sockets[i]._descriptor, events = events };
        }
        return Libc.poll(polled, (nuint)sockets.Length, (int)timeout.TotalMilliseconds) > 0;
    }

    /// <summary>Ends both directions at once; what the peer has not read yet it may still read.</summary>
    public void Shutdown() => _ = Libc.shutdown(_descriptor, Libc.SHUT_RDWR);

    /// <summary>Closes it. Where replies are unread the peer's next call fails with ECONNRESET, as after a kill.</summary>
    public void Dispose() => socket.Dispose();
}
