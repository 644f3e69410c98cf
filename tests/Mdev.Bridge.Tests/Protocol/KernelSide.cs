using System.Buffers.Binary;
using Mdev.Sdk.Bridge.Cuse;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Interop;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>
/// Plays the kernel to a <see cref="CuseServer"/> or a <see cref="FuseServer"/>: requests as Linux 6.12 was recorded to send them, written byte by
/// byte by code that shares none with the server.
/// </summary>
internal sealed unsafe class KernelSide : IDisposable
{
    public const uint NonBlocking = 0x800, ReadWrite = 0x8002;

    private readonly SafeFileHandle _end;
    private readonly byte[] _buffer = new byte[0x40000];
    private ulong _lastUnique;

    private KernelSide(SafeFileHandle end, IDisposable server) => (_end, Server) = (end, server);

    public IDisposable Server { get; }

    /// <summary>A server that has been told what a stock kernel tells it, and has answered.</summary>
    public static KernelSide Of(FuseFile file, ILogger? logger = null)
    {
        (SafeFileHandle end, CuseServer server, byte[] reply) = Begin(file, Init(7, 41), logger);
        Assert.Equal(72 + "DEVNAME=t0\0".Length + 16, reply.Length);
        Assert.Equal("DEVNAME=t0\0"u8, reply.AsSpan(16 + 72));
        return new KernelSide(end, server) { _lastUnique = 2 };
    }

    /// <summary>A server of a file system, which is mounted nowhere.</summary>
    public static KernelSide Of(FuseDirectory root)
    {
        (SafeFileHandle ours, SafeFileHandle servers) = SocketPair.Make();
        var kernel = new KernelSide(ours, new FuseServer("/nowhere/at/all", root, servers, NullLogger.Instance));
        Assert.Equal(64, kernel.Ask(26, [.. U32(7), .. U32(41), .. U32(0x20000), .. U32(uint.MaxValue), .. new byte[48]]).Body.Length);
        return kernel;
    }

    /// <summary>A server that is told something else first.</summary>
    public static (SafeFileHandle End, CuseServer Server, byte[] Reply) Begin(FuseFile file, byte[] first, ILogger? logger = null)
    {
        (SafeFileHandle ours, SafeFileHandle servers) = SocketPair.Make();
        try
        {
            Write(ours, first);
            var server = new CuseServer("t0", file, servers, logger ?? NullLogger.Instance);
            return (ours, server, Read(ours, new byte[0x1000]));
        }
        catch
        {
            ours.Dispose();
            throw;
        }
    }

    /// <summary>CUSE_INIT.</summary>
    public static byte[] Init(uint major, uint minor) => Request(4096, 2, 0, [.. U32(major), .. U32(minor), .. U32(0), .. U32(1)]);

    public static byte[] Request(uint opcode, ulong unique, uint process, byte[] body, ulong node = 0) =>
        [.. U32((uint)(40 + body.Length)), .. U32(opcode), .. U64(unique), .. U64(node), .. U32(0), .. U32(0), .. U32(process), .. U32(0), .. body];

    public static byte[] U32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] U64(ulong value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    /// <summary>Sends a request.</summary>
    /// <returns>Its number.</returns>
    public ulong Send(uint opcode, byte[] body, ulong node = 0)
    {
        ulong unique = _lastUnique += 2;
        Write(_end, Request(opcode, unique, (uint)Environment.ProcessId, body, node));
        return unique;
    }

    public void SendRaw(byte[] message) => Write(_end, message);

    /// <summary>The next message of the server's.</summary>
    public Answer Next() => new(Read(_end, _buffer));

    /// <summary>Whether the server says nothing for a while, which one that is about to say something wrong breaks only by being slow.</summary>
    public bool IsQuiet() => !CanRead(_end, 100);

    /// <summary>Sends a request and receives its answer.</summary>
    public Answer Ask(uint opcode, byte[] body, ulong node = 0)
    {
        ulong unique = Send(opcode, body, node);
        Answer answer = Next();
        Assert.Equal(unique, answer.Unique);
        return answer;
    }

    public Answer AskOpen(uint flags = ReadWrite) => Ask(14, [.. U32(flags), .. U32(0)]);

    /// <summary>Opens.</summary>
    /// <returns>The handle.</returns>
    public ulong Open(uint flags = ReadWrite)
    {
        Answer answer = AskOpen(flags);
        Assert.Equal(0, answer.Error);
        Assert.Equal(16, answer.Body.Length);
        return answer.U64(0);
    }

    public ulong SendRead(ulong handle, uint size, uint flags = ReadWrite, ulong offset = 0) => Send(15, Transfer(handle, offset, size, flags));

    public Answer Read(ulong handle, uint size, uint flags = ReadWrite, ulong offset = 0) => Ask(15, Transfer(handle, offset, size, flags));

    public Answer Write(ulong handle, byte[] data, uint flags = ReadWrite, ulong offset = 0) =>
        Ask(16, [.. Transfer(handle, offset, (uint)data.Length, flags), .. data]);

    public static byte[] Transfer(ulong handle, ulong offset, uint size, uint flags) =>
        [.. U64(handle), .. U64(offset), .. U32(size), .. U32(2), .. U64(0x1234), .. U32(flags), .. U32(0)];

    public Answer Release(ulong handle) => Ask(18, [.. U64(handle), .. U32(ReadWrite), .. U32(0), .. U64(0)]);

    public Answer Poll(ulong handle, bool schedule, ulong pollHandle = 7) =>
        Ask(40, [.. U64(handle), .. U64(pollHandle), .. U32(schedule ? 1u : 0), .. U32(0x19)]);

    public Answer Ioctl(ulong handle, uint command, ulong argument, byte[] input, uint outSize, uint flags = 2) =>
        Ask(39, [.. U64(handle), .. U32(flags), .. U32(command), .. U64(argument), .. U32((uint)input.Length), .. U32(outSize), .. input]);

    /// <summary>Its number is the interrupted request's, with bit 0 set; nobody answers it.</summary>
    public void Interrupt(ulong unique) => Write(_end, Request(36, unique | 1, 0, U64(unique)));

    /// <summary>Hangs up, as the kernel does when the device is aborted.</summary>
    public void HangUp() => _end.Dispose();

    public void Dispose()
    {
        Server.Dispose();
        _end.Dispose();
    }

    private static void Write(SafeFileHandle end, byte[] message)
    {
        fixed (byte* start = message)
            Assert.Equal(message.Length, Libc.write((int)end.DangerousGetHandle(), start, (nuint)message.Length));
    }

    // A server that says nothing fails the test and does not hang it.
    private static byte[] Read(SafeFileHandle end, byte[] buffer)
    {
        Assert.True(CanRead(end, 20_000), "The server says nothing.");
        fixed (byte* start = buffer)
        {
            nint length = Libc.read((int)end.DangerousGetHandle(), start, (nuint)buffer.Length);
            Assert.True(length > 0, "The server has hung up.");
            return buffer[..(int)length];
        }
    }

    private static bool CanRead(SafeFileHandle end, int milliseconds)
    {
        Libc.pollfd polled = new() { fd = (int)end.DangerousGetHandle(), events = Libc.POLLIN };
        return Libc.poll(&polled, 1, milliseconds) > 0;
    }
}
