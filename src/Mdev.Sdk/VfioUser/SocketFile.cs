using System.Net.Sockets;
using System.Text;
using Mdev.Sdk.Interop;

namespace Mdev.Sdk.VfioUser;

/// <summary>
/// A listening unix socket in the file system: its path is taken only from the dead, and removed by its owner only.
/// Disposing removes the file; the socket belongs to whoever accepts on it.
/// </summary>
internal sealed class SocketFile : IDisposable
{
    // Clients that connect at once wait here; the server turns away those it cannot serve.
    private const int Backlog = 128;

    private readonly string _path;
    private readonly FileIdentity _identity;

    private SocketFile(string path, Socket socket)
    {
        (_path, Socket) = (path, socket);
        _ = FileIdentity.TryGet(path, out _identity);
    }

    public Socket Socket { get; }

    /// <summary>Whether the file is still this socket's: somebody may have removed it.</summary>
    public bool IsThere => FileIdentity.TryGet(_path, out FileIdentity now) && now == _identity;

    /// <exception cref="IOException">A live process listens there, or the path cannot be used.</exception>
    public static SocketFile Listen(string path, SocketAccess access = default)
    {
        byte[] name = Encoding.UTF8.GetBytes(path);
        if (name.Length is 0 or > UnixSocket.MaxPath)
        {
            throw new IOException(
                $"The socket path has {name.Length} bytes; a unix socket's has 1 to {UnixSocket.MaxPath}: {path}");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        if (!Directory.Exists(folder))
            throw new IOException($"Cannot listen on {path}: the folder {folder} does not exist; make it or choose another path.");

        // Two processes that find the same stale socket would otherwise both remove it, the second one the first one's.
        using FolderLock alone = FolderLock.Take(folder);
        RemoveStale(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Errno error = UnixSocket.Bind((int)socket.Handle, name);
        if (error == Errno.None)
        {
            // Before it listens: until then nobody can connect.
            Give(path, socket, access);
            error = UnixSocket.Listen((int)socket.Handle, Backlog);
        }
        if (error != Errno.None)
        {
            socket.Dispose();
            throw new IOException($"Cannot listen on {path}: {error}.");
        }

        // As .NET sees it from here on, the socket came with the process.
        SafeSocketHandle handle = new(socket.SafeHandle.DangerousGetHandle(), ownsHandle: true);
        socket.SafeHandle.SetHandleAsInvalid();
        return new SocketFile(path, new Socket(handle));
    }

    public void Dispose()
    {
        try
        {
            using FolderLock alone = FolderLock.Take(Path.GetDirectoryName(Path.GetFullPath(_path)) ?? "/");

            // Somebody may have removed it and put another in its place, which is theirs.
            if (IsThere)
                File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody has taken the folder away; there is nothing left to remove.
        }
    }

    private static void Give(string path, Socket socket, SocketAccess access)
    {
        try
        {
            access.Apply(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            File.Delete(path);
            throw;
        }
    }

    private static void RemoveStale(string path)
    {
        if (!FileIdentity.TryGet(path, out FileIdentity present))
        {
            if (new FileInfo(path).LinkTarget is { } target)
                throw new IOException($"{path} is a link to {target}, which does not exist; remove it or choose another path.");
            return;
        }
        if (!present.IsSocket)
            throw new IOException($"{path} is there already and is no socket; choose another path.");

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // Nobody listens: a process has ended without removing it.
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
