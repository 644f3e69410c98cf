using System.Buffers.Binary;
using Mdev.Sdk.Dma;
using Mdev.Sdk.Testing;
using Mdev.Sdk.VfioUser.Sessions;

namespace Mdev.Sdk.Wire.Tests.Support;

/// <summary>A device that asks its client for memory, and a client that answers byte by byte as a test wants.</summary>
public abstract class DmaTest : IDisposable
{
    private readonly TestServer _server = new();

    protected DmaTest() => Connection = Negotiate("""{"capabilities":{"max_msg_fds":8}}""");

    internal VfioUserConnection Connection { get; private set; }

    internal TestServer Server => _server;

    /// <summary>What device code reaches its client by.</summary>
    internal IDmaMessages Messages => _server.Device.Memory.Messages!;

    internal DmaMessages Asking => (DmaMessages)Messages;

    public virtual void Dispose()
    {
        Connection.Dispose();
        _server.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the client and takes another one of these capabilities.</summary>
    internal void Reconnect(string json, ushort minor = 0)
    {
        Connection.Dispose();
        Connection = Negotiate(json, minor);
    }

    internal ValueTask<bool> Read(ulong address, Memory<byte> destination, CancellationToken cancellation = default) =>
        Messages.ReadAsync(address, destination, cancellation);

    internal ValueTask<bool> Write(ulong address, ReadOnlyMemory<byte> source, CancellationToken cancellation = default) =>
        Messages.WriteAsync(address, source, cancellation);

    /// <summary>Receives a command of the server's, which must be well formed.</summary>
    internal VfioUserFrame Request(ushort command, ulong address, int count)
    {
        VfioUserFrame request = Connection.Receive();
        AssertRequest(request, command, address, count);
        return request;
    }

    internal static void AssertRequest(VfioUserFrame request, ushort command, ulong address, int count)
    {
        Assert.Equal((command, 0u), (request.Command, request.Flags));
        Assert.Equal(Raw.Bytes(0u), request.Bytes[12..16].ToArray());
        Assert.Equal(Raw.Bytes(address, (ulong)count), request.Payload[..16].ToArray());
        Assert.Equal(command == Raw.DmaWrite ? 16 + count : 16, request.Payload.Length);
        Assert.Empty(request.Descriptors);
    }

    /// <summary>Answers a command of the server's with a payload.</summary>
    internal void Answer(VfioUserFrame request, byte[] payload) =>
        Connection.Send(Raw.Message(request.Command, payload, request.Id, Raw.IsReply));

    /// <summary>Answers as the specification has it.</summary>
    internal void Answer(VfioUserFrame request, Func<ulong, byte> memory)
    {
        byte[] head = request.Payload[..16].ToArray();
        ulong address = BinaryPrimitives.ReadUInt64LittleEndian(head);
        int count = request.Command == Raw.DmaRead ? (int)BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(8)) : 0;
        Answer(request, [.. head, .. Enumerable.Range(0, count).Select(i => memory(address + (uint)i))]);
    }

    internal void AnswerError(VfioUserFrame request, uint errno) =>
        Connection.Send(Raw.Bytes(request.Id, request.Command, 16u, Raw.IsReply | Raw.IsError, errno));

    /// <summary>The next command is understood, and its answer is the next message.</summary>
    internal void AssertInStep()
    {
        Connection.Send(Raw.GetInfoMessage(id: 0x5aa5));
        using VfioUserFrame reply = Connection.Receive();
        Assert.Equal((0x5aa5, Raw.GetInfo, Raw.IsReply), (reply.Id, reply.Command, reply.Flags));
    }

    /// <summary>Waits for a transfer; a deadline only keeps a broken server from hanging the test.</summary>
    internal static bool ResultOf(ValueTask<bool> transfer) => ResultOf(transfer.AsTask());

    internal static bool ResultOf(Task<bool> transfer)
    {
        Assert.True(((IAsyncResult)transfer).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(10)), "A transfer never ends.");
        return transfer.GetAwaiter().GetResult();
    }

    /// <summary>What no two places of a guest's memory near each other share.</summary>
    internal static byte Pattern(ulong address) => (byte)((address * 167) ^ (address >> 8));

    private VfioUserConnection Negotiate(string json, ushort minor = 0)
    {
        VfioUserConnection connection = _server.Connect();
        connection.Send(Raw.VersionMessage(json, minor: minor));
        using VfioUserFrame reply = connection.Receive();
        Assert.Equal(Errno.None, reply.Error);
        return connection;
    }
}
