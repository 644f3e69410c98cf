using System.Runtime.InteropServices;
using System.Text;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Bridge.Fuse.Messages;
using Mdev.Sdk.Interop;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Bridge.Cuse;

/// <summary>
/// A character device that this process serves, until it is disposed. The kernel's protocol spoken on /dev/cuse, without a library.
/// Source: linux/fuse.h; Linux fs/fuse/cuse.c.
/// </summary>
internal sealed class CuseServer : IDisposable
{
    private const uint Major = 7, LeastMinor = 11, Minor = 31;

    private readonly FuseFile _file;
    private readonly FuseConnection _connection;
    private readonly OpenFiles _files;
    private readonly Thread _thread;
    private ulong _lastHandle;

    /// <param name="name">The node's name below /dev.</param>
    /// <param name="file">What is opened there.</param>
    /// <param name="device">/dev/cuse, on which nothing has been read; taken over.</param>
    /// <param name="logger">Receives what handlers did wrong.</param>
    /// <exception cref="IOException">The kernel speaks another version.</exception>
    public CuseServer(string name, FuseFile file, SafeFileHandle device, ILogger logger)
    {
        (Name, _file) = (name, file);
        _connection = new FuseConnection(device);
        _files = new OpenFiles(_connection, name, logger);
        try
        {
            Begin();
            _thread = new Thread(() => Serve(logger)) { IsBackground = true, Name = "cuse " + name };
            _thread.Start();
        }
        catch
        {
            _files.Dispose();
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The node's name below /dev.</summary>
    public string Name { get; }

    /// <summary>Makes a node and serves it.</summary>
    /// <param name="name">Its name below /dev.</param>
    /// <param name="file">What is opened there.</param>
    /// <param name="logger">Receives what handlers did wrong.</param>
    /// <exception cref="IOException">It cannot be made here; the message says what to do.</exception>
    public static CuseServer Serve(string name, FuseFile file, ILogger logger)
    {
        var server = new CuseServer(name, file, Open(), logger);
        if (CuseNode.Find(name) is not { } problem)
            return server;
        server.Dispose();
        throw new IOException(problem);
    }

    /// <summary>Takes the node away, also while it is open: its users' calls fail, and those that wait end.</summary>
    public void Dispose()
    {
        _files.Dispose();
        _connection.StopWaiting();
        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    private void Serve(ILogger logger)
    {
        RequestLoop.Run(_connection, _files, Take);
        if (!_connection.IsStopping)
            FuseLog.TakenAway(logger, "/dev/" + Name);
    }

    private static unsafe SafeFileHandle Open()
    {
        int descriptor;
        fixed (byte* path = "/dev/cuse\0"u8)
            descriptor = Libc.open(path, Libc.O_RDWR | Libc.O_CLOEXEC);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw new IOException(Libc.LastError switch
        {
            Errno.EACCES or Errno.EPERM => "This user may not open /dev/cuse: run as root, or use --bridge fuse, which everybody may.",
            Errno.EMFILE => "This process may open no more files, so /dev/cuse cannot be opened.",
            _ => "There is no /dev/cuse on this machine: load the kernel module cuse (modprobe cuse), or use --bridge fuse, which needs none.",
        });
    }

    private void Begin()
    {
        byte[] request = new byte[OpenFiles.BufferSize];
        if (_connection.Wait(request, out int length) != FuseEvent.Request
            || !RequestHeader.TryRead(request.AsSpan(0, length), out RequestHeader header, out Span<byte> body)
            || header.Opcode != Opcode.CuseInit || !MemoryMarshal.TryRead(body, out CuseInitRequest init))
            throw new IOException("/dev/cuse does not begin as the protocol has it.");
        if (init.Major != Major || init.Minor < LeastMinor)
            throw new IOException($"The kernel's CUSE speaks {init.Major}.{init.Minor}; {Major}.{LeastMinor} or later is needed.");

        var reply = new Reply(new byte[4096]);
        reply.Add(new CuseInitReply
        {
            Major = Major,
            Minor = Minor,
            Flags = CuseInitReply.UnrestrictedIoctl,
            MaxRead = OpenFiles.MaxTransfer,
            MaxWrite = OpenFiles.MaxTransfer,
        });
        reply.Add("DEVNAME="u8);
        reply.Add(Encoding.UTF8.GetBytes(Name));
        reply.Add([0]);
        if (_connection.Write(reply.Finish(header.Unique, 0)) is not Errno.None and Errno error)
            throw new IOException($"The kernel does not take what /dev/{Name} is: {error}.");

        // Of a refusal the answer to its answer says nothing.
        if (_connection.HasHungUp())
            throw new IOException($"The kernel refuses /dev/{Name}: another process serves that name, or there are no device numbers left.");
    }

    private void Take(in RequestHeader header, Span<byte> body)
    {
        Span<byte> buffer = stackalloc byte[ReplyHeader.Size + 16];
        var reply = new Reply(buffer);
        Errno error = header.Opcode switch
        {
            Opcode.Open => Open(header, body, ref reply),

            // FSYNC among them: nothing is kept that could be brought to safety.
            _ => Errno.ENOSYS,
        };
        if (error == Errno.None)
            _connection.Write(reply.Finish(header.Unique, 0));
        else
            _files.AnswerError(header.Unique, error);
    }

    private Errno Open(in RequestHeader header, ReadOnlySpan<byte> body, ref Reply reply)
    {
        if (!MemoryMarshal.TryRead(body, out OpenRequest request))
            return Errno.EINVAL;
        reply.Add(new OpenReply { Handle = ++_lastHandle, Flags = OpenReply.DirectIo | OpenReply.Stream });
        return _files.Open(_lastHandle, _file, new FuseCaller(request.Flags, (int)header.Process, header.User));
    }
}
