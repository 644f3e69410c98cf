using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Interop;

/// <summary>Bytes and descriptors over a connected unix stream socket: what .NET's Socket cannot do.</summary>
/// <remarks>Blocking, without an allocation unless descriptors arrive.</remarks>
internal static unsafe class UnixSocket
{
    /// <summary>As many as one message can carry. Source: Linux include/net/scm.h, SCM_MAX_FD.</summary>
    public const int MaxDescriptors = 253;

    // Room for the most that can come, so that none is ever cut off and leaked for want of space.
    private const int ControlSize = 16 + (MaxDescriptors * sizeof(int)) + 8;

    /// <summary>Waits for bytes and takes what is there.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="buffer">Receives the bytes; not empty.</param>
    /// <param name="descriptors">Receives the descriptors that came with them, close-on-exec, its own from here on.</param>
    /// <param name="truncated">Whether descriptors were lost, which happens where this process has no more free.</param>
    /// <returns>Number of bytes; 0 if the peer has closed; negative if the connection is broken.</returns>
    public static nint Receive(int socket, Span<byte> buffer, List<SafeFileHandle> descriptors, out bool truncated) =>
        Receive(socket, buffer, descriptors, flags: 0, out truncated);

    /// <summary>As <see cref="Receive(int, Span{byte}, List{SafeFileHandle}, out bool)"/>, but does not wait.</summary>
    /// <returns>Whether there was something, be it the end; otherwise nothing has been received.</returns>
    public static bool TryReceive(
        int socket, Span<byte> buffer, List<SafeFileHandle> descriptors, out nint received, out bool truncated)
    {
        received = Receive(socket, buffer, descriptors, Libc.MSG_DONTWAIT, out truncated);
        return received >= 0 || Libc.LastError != Errno.EAGAIN;
    }

    [SkipLocalsInit]
    private static nint Receive(
        int socket, Span<byte> buffer, List<SafeFileHandle> descriptors, int flags, out bool truncated)
    {
        byte* control = stackalloc byte[ControlSize];
        fixed (byte* start = buffer)
        {
            Libc.iovec vector = new() { iov_base = start, iov_len = (nuint)buffer.Length };
            Libc.msghdr message = new() { msg_iov = &vector, msg_iovlen = 1, msg_control = control, msg_controllen = ControlSize };

            nint received;
            do
            {
                received = Libc.recvmsg(socket, &message, flags | Libc.MSG_CMSG_CLOEXEC);
            }
            while (received < 0 && Libc.LastError == Errno.EINTR);

            truncated = received >= 0 && (message.msg_flags & Libc.MSG_CTRUNC) != 0;
            if (received >= 0 && message.msg_controllen >= (nuint)sizeof(Libc.cmsghdr))
                Adopt(control, (long)message.msg_controllen, descriptors);
            return received;
        }
    }

    /// <summary>Sends all bytes, waiting for room.</summary>
    /// <returns>Whether they were sent; <see langword="false"/> means that the connection is broken.</returns>
    public static bool Send(int socket, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            nuint sent = 0;
            while (sent < (nuint)bytes.Length)
            {
                nint n = Libc.send(socket, start + sent, (nuint)bytes.Length - sent, Libc.MSG_NOSIGNAL);
                if (n >= 0)
                    sent += (nuint)n;
                else if (Libc.LastError != Errno.EINTR)
                    return false;
            }
            return true;
        }
    }

    /// <summary>Sends all bytes of two pieces as one, waiting for room.</summary>
    /// <returns>Whether they were sent; <see langword="false"/> means that the connection is broken.</returns>
    public static bool Send(int socket, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        fixed (byte* first = head, second = tail)
        {
            Libc.iovec* pieces = stackalloc Libc.iovec[2];
            pieces[0] = new() { iov_base = first, iov_len = (nuint)head.Length };
            pieces[1] = new() { iov_base = second, iov_len = (nuint)tail.Length };
            Libc.msghdr message = new() { msg_iov = pieces, msg_iovlen = 2 };

            nint n;
            do
            {
                n = Libc.sendmsg(socket, &message, Libc.MSG_NOSIGNAL);
            }
            while (n < 0 && Libc.LastError == Errno.EINTR);
            if (n < 0)
                return false;
            int inHead = (int)Math.Min(n, head.Length);
            return Send(socket, head[inHead..]) && Send(socket, tail[((int)n - inHead)..]);
        }
    }

    /// <summary>Sends all bytes, with descriptors on the first; they stay the caller's.</summary>
    /// <returns>Whether they were sent; <see langword="false"/> means that the connection is broken.</returns>
    public static bool Send(int socket, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> descriptors)
    {
        if (descriptors.IsEmpty)
            return Send(socket, bytes);

        byte* control = stackalloc byte[ControlSize];
        var header = (Libc.cmsghdr*)control;
        header->cmsg_len = (nuint)(sizeof(Libc.cmsghdr) + (descriptors.Length * sizeof(int)));
        header->cmsg_level = Libc.SOL_SOCKET;
        header->cmsg_type = Libc.SCM_RIGHTS;
        descriptors.CopyTo(new Span<int>(control + sizeof(Libc.cmsghdr), descriptors.Length));

        fixed (byte* start = bytes)
        {
            Libc.iovec vector = new() { iov_base = start, iov_len = (nuint)bytes.Length };
            Libc.msghdr message = new()
            {
                msg_iov = &vector,
                msg_iovlen = 1,
                msg_control = control,
                msg_controllen = (header->cmsg_len + 7) & ~(nuint)7,
            };

            nint n;
            do
            {
                n = Libc.sendmsg(socket, &message, Libc.MSG_NOSIGNAL);
            }
            while (n < 0 && Libc.LastError == Errno.EINTR);
            return n >= 0 && Send(socket, bytes[(int)n..]);
        }
    }

    /// <summary>Sends what there is room for, without waiting.</summary>
    /// <returns>Number of bytes, 0 if there is no room; negative if the connection is broken.</returns>
    public static nint SendSome(int socket, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            nint sent;
            do
            {
                sent = Libc.send(socket, start, (nuint)bytes.Length, Libc.MSG_NOSIGNAL | Libc.MSG_DONTWAIT);
            }
            while (sent < 0 && Libc.LastError == Errno.EINTR);
            return sent >= 0 ? sent : Libc.LastError == Errno.EAGAIN ? 0 : -1;
        }
    }

    /// <summary>Waits until there is room to send, or the connection is over.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="longest">Milliseconds after which it gives up.</param>
    public static void WaitForRoom(int socket, int longest)
    {
        Libc.pollfd descriptor = new() { fd = socket, events = Libc.POLLOUT };
        _ = Libc.poll(&descriptor, 1, longest);
    }

    /// <summary>Makes two sockets that are connected with each other, close-on-exec.</summary>
    /// <returns><see langword="false"/> if this process has no descriptors left.</returns>
    public static bool TryMakePair(out SafeFileHandle one, out SafeFileHandle other)
    {
        int* pair = stackalloc int[2];
        bool made = Libc.socketpair(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC, 0, pair) == 0;
        one = new SafeFileHandle(made ? pair[0] : -1, ownsHandle: true);
        other = new SafeFileHandle(made ? pair[1] : -1, ownsHandle: true);
        return made;
    }

    /// <summary>Waits until a descriptor can be read or has hung up.</summary>
    /// <param name="descriptors">Some tens at most.</param>
    /// <param name="ready">Receives which; all false if a signal came in between.</param>
    /// <param name="longest">Milliseconds after which it gives up; negative for never.</param>
    /// <returns><see langword="false"/> if it has given up.</returns>
    public static bool WaitForAny(ReadOnlySpan<int> descriptors, Span<bool> ready, int longest = -1)
    {
        Libc.pollfd* polled = stackalloc Libc.pollfd[descriptors.Length];
        for (int i = 0; i < descriptors.Length; i++)
            polled[i] = new() { fd = descriptors[i], events = Libc.POLLIN };
        bool inTime = Libc.poll(polled, (nuint)descriptors.Length, longest) != 0;
        for (int i = 0; i < descriptors.Length; i++)
            ready[i] = polled[i].revents != 0;
        return inTime;
    }

    /// <summary>Whether the peer has closed its end, also while bytes it sent before are still unread.</summary>
    public static bool HasHungUp(int socket)
    {
        Libc.pollfd descriptor = new() { fd = socket };
        return Libc.poll(&descriptor, 1, 0) > 0 && (descriptor.revents & Libc.POLLHUP) != 0;
    }

    /// <summary>Longest path of a socket: struct sockaddr_un has 108 bytes for it and its end mark.</summary>
    public const int MaxPath = 107;

    /// <summary>Gives a socket its path.</summary>
    /// <remarks>.NET's own Bind also deletes the path with the socket, whoever's file is there by then.</remarks>
    /// <param name="socket">A unix socket.</param>
    /// <param name="path">UTF-8, at most <see cref="MaxPath"/> bytes.</param>
    public static Errno Bind(int socket, ReadOnlySpan<byte> path)
    {
        byte* address = stackalloc byte[sizeof(ushort) + MaxPath + 1];
        *(ushort*)address = Libc.AF_UNIX;
        var name = new Span<byte>(address + sizeof(ushort), MaxPath + 1);
        name.Clear();
        path.CopyTo(name);
        return Libc.bind(socket, address, (uint)(sizeof(ushort) + path.Length + 1)) == 0 ? Errno.None : Libc.LastError;
    }

    /// <summary>Lets clients connect.</summary>
    public static Errno Listen(int socket, int backlog) =>
        Libc.listen(socket, backlog) == 0 ? Errno.None : Libc.LastError;

    /// <summary>Whether a descriptor is a unix stream socket, listening or connected.</summary>
    public static bool IsUnixStream(int descriptor) =>
        TryGetOption(descriptor, Libc.SO_DOMAIN, out int domain) && domain == Libc.AF_UNIX
        && TryGetOption(descriptor, Libc.SO_TYPE, out int type) && type == Libc.SOCK_STREAM;

    /// <summary>Whether a socket waits for connections rather than being one.</summary>
    public static bool IsListening(int socket) =>
        TryGetOption(socket, Libc.SO_ACCEPTCONN, out int listening) && listening != 0;

    /// <summary>The process that has connected to a socket, or made the pair; 0 if it cannot be told, or is of another namespace.</summary>
    public static int PeerProcess(int socket)
    {
        Libc.ucred peer = default;
        uint length = (uint)sizeof(Libc.ucred);
        return Libc.getsockopt(socket, Libc.SOL_SOCKET, Libc.SO_PEERCRED, &peer, &length) == 0 ? peer.pid : 0;
    }

    private static bool TryGetOption(int descriptor, int option, out int value)
    {
        uint length = sizeof(int);
        fixed (int* result = &value)
            return Libc.getsockopt(descriptor, Libc.SOL_SOCKET, option, result, &length) == 0;
    }

    private static void Adopt(byte* control, long length, List<SafeFileHandle> descriptors)
    {
        long position = 0;
        while (length - position >= sizeof(Libc.cmsghdr))
        {
            var header = (Libc.cmsghdr*)(control + position);
            long size = (long)header->cmsg_len;
            if (size < sizeof(Libc.cmsghdr) || size > length - position)
                return;

            if (header->cmsg_level == Libc.SOL_SOCKET && header->cmsg_type == Libc.SCM_RIGHTS)
            {
                foreach (int descriptor in new ReadOnlySpan<int>(header + 1, (int)(size - sizeof(Libc.cmsghdr)) / sizeof(int)))
                    descriptors.Add(new SafeFileHandle(descriptor, ownsHandle: true));
            }
            position += (size + 7) & ~7L;
        }
    }
}
