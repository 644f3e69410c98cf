using System.Net.Sockets;
using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Terminals;

/// <summary>Opens a connection to whoever listens on a unix socket.</summary>
internal static class SocketTerminal
{
    public static Terminal Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            socket.Dispose();
            throw new IOException($"Cannot connect to {path}: {e.Message}", e);
        }

        // A descriptor of the terminal's own: its threads may still be using it when the socket is disposed of.
        int descriptor = Libc.fcntl((int)socket.Handle, Libc.F_DUPFD_CLOEXEC, 0);
        if (descriptor < 0)
        {
            socket.Dispose();
            throw new IOException($"Cannot connect to {path}: {Libc.LastError}.");
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        return new DescriptorTerminal(path, handle, handle, socket);
    }
}
