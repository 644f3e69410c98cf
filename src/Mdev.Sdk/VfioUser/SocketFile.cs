using System.Net.Sockets;
using System.Text;
using Mdev.Sdk.Interop;

namespace Mdev.Sdk.VfioUser;

/// <summary>A unix socket in the file system: taken only from the dead, and gone when its owner goes.</summary>
internal static class SocketFile
{
    // struct sockaddr_un has 108 bytes for the path and its end mark.
    private const int MaxPath = 107;

    // Clients that connect at once wait here; the server turns away those it cannot serve.
    private const int Backlog = 16;

    public static Socket Listen(string path)
    {
        int bytes = Encoding.UTF8.GetByteCount(path);
        if (bytes is 0 or > MaxPath)
            throw new IOException($"The socket path has {bytes} bytes; a unix socket's has 1 to {MaxPath}: {path}");

        RemoveStale(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException($"Cannot listen on {path}: {e.Message}.", e);
        }
    }

    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody has taken the folder away; there is nothing left to remove.
        }
    }

    private static void RemoveStale(string path)
    {
        if (!File.Exists(path))
            return;

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && FileType.IsSocket(path))
        {
            // Nobody listens: a process has ended without removing it. Connecting to a file that is no socket is refused
            // with the same words, and such a file is not ours to remove.
            File.Delete(path);
            return;
        }
        catch (SocketException e)
        {
            throw new IOException($"{path} is there already and cannot be replaced: {e.Message}.", e);
        }
        throw new IOException($"{path} is in use by another process; end it or choose another path.");
    }
}
