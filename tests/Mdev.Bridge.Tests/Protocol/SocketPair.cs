using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>Two connected descriptors that keep messages apart, as /dev/cuse does: one read is one message.</summary>
internal static unsafe partial class SocketPair
{
    private const int AF_UNIX = 1, SOCK_SEQPACKET = 5, SOCK_CLOEXEC = 0x80000;

    public static (SafeFileHandle One, SafeFileHandle Other) Make()
    {
        int* pair = stackalloc int[2];
        Assert.Equal(0, socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair));
        return (new SafeFileHandle(pair[0], ownsHandle: true), new SafeFileHandle(pair[1], ownsHandle: true));
    }

    [LibraryImport("libc")]
    private static partial int socketpair(int domain, int type, int protocol, int* sockets);
}
