using System.Runtime.InteropServices;
using System.Text;
using Mdev.Sdk.Bridge.Fuse.Messages;
using Mdev.Sdk.Interop;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>
/// A file system that this process serves, mounted until it is disposed. The kernel's protocol spoken on /dev/fuse, without a
/// library. Source: linux/fuse.h.
/// </summary>
/// <remarks>
/// One thread takes requests and answers what needs no file's handler, so that look-ups never wait for a slow file: the kernel
/// holds a directory's lock while one is under way, and <see cref="Forget"/> waits for that lock.
/// </remarks>
internal sealed partial class FuseServer : IDisposable
{
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly FuseConnection _connection;
    private readonly NodeTable _nodes;
    private readonly OpenFiles _files;
    private readonly BackingFiles _backing;
    private readonly Thread _thread;

    private FuseServer(string path, FuseDirectory root, ILogger logger)
    {
        (_path, _logger) = (path, logger);
        _nodes = new NodeTable(root);
        SafeFileHandle device = FuseMount.On(path);
        try
        {
            _connection = new FuseConnection(device);
            _files = new OpenFiles(_connection, path, logger);
            _backing = new BackingFiles(_connection);
            _thread = new Thread(Serve) { IsBackground = true, Name = "fuse " + Path.GetFileName(path) };
            _thread.Start();
        }
        catch
        {
            _connection?.Dispose();
            FuseMount.Detach(path);
            throw;
        }
    }

    /// <summary>Whether the mount has not been taken away.</summary>
    public bool IsServing { get; private set; } = true;

    /// <summary>Mounts and serves.</summary>
    /// <param name="path">An empty folder.</param>
    /// <param name="root">What is to be seen there.</param>
    /// <param name="logger">Receives what handlers did wrong.</param>
    /// <exception cref="IOException">It cannot be mounted here; the message says what to do.</exception>
    public static FuseServer Mount(string path, FuseDirectory root, ILogger logger) => new(path, root, logger);

    /// <summary>Whether a file can be mapped. While somebody uses the file system, not before.</summary>
    public bool CanMap(FuseFile file) => _backing.NumberOf(file) != 0;

    /// <summary>
    /// Has the kernel forget a name that is gone from a directory; when this returns, nobody finds it any more. A name that comes
    /// needs nothing: that something is not there is never remembered.
    /// </summary>
    /// <remarks>Must not be called by a <see cref="FuseDirectory"/>.</remarks>
    public void Forget(FuseDirectory parent, string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        Span<byte> buffer = stackalloc byte[512];
        var reply = new Reply(buffer);
        reply.Add(new InvalidateEntry { Parent = _nodes.NumberOf(parent), NameLength = (uint)text.Length });
        reply.Add(text);
        reply.Add([0]);

        // ENOENT: the kernel had not looked it up.
        _ = _connection.Write(reply.Finish(0, InvalidateEntry.Code));
    }

    /// <summary>Unmounts, also while files are open: their users get ENOTCONN. Blocked calls end with EINTR.</summary>
    public void Dispose()
    {
        FuseMount.Detach(_path);
        _files.Dispose();
        _connection.StopWaiting();
        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    private void Serve()
    {
        byte[] reply = GC.AllocateUninitializedArray<byte>(OpenFiles.BufferSize, pinned: true);
        RequestLoop.Run(_connection, _files, (in header, body) => Take(header, body, reply));
        if (!_connection.IsStopping)
            FuseLog.Unmounted(_logger, _path);
        IsServing = false;
    }
}
