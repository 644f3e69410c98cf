using Mdev.Sdk.Testing;

namespace Mdev.Sdk.Wire.Tests.Support;

/// <summary>A server and a client that has negotiated, for each test anew.</summary>
public abstract class WireTest : IDisposable
{
    private readonly TestServer _server = new();
    private VfioUserClient _client;

    protected WireTest() => _client = _server.ConnectClient();

    internal TestServer Server => _server;

    /// <summary>The typed client, where the bytes are not what a test is about.</summary>
    internal VfioUserClient Client => _client;

    internal VfioUserConnection Connection => _client.Connection;

    public virtual void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the client and takes another one.</summary>
    internal void Reconnect()
    {
        _client.Dispose();
        _client = _server.ConnectClient();
    }

    /// <summary>Sends a command and receives its reply, which must be one to it and carry no descriptors.</summary>
    internal VfioUserFrame Exchange(byte[] message, params ReadOnlySpan<int> descriptors)
    {
        Connection.Send(message, descriptors);
        VfioUserFrame reply = Connection.Receive();
        Assert.Equal(message[..4], reply.Bytes[..4].ToArray());
        Assert.Equal(Raw.IsReply, reply.Flags & ~Raw.IsError);
        Assert.Empty(reply.Descriptors);
        return reply;
    }

    /// <summary>The payload of a reply that is no error.</summary>
    internal byte[] Accepted(byte[] message, params ReadOnlySpan<int> descriptors)
    {
        VfioUserFrame reply = Exchange(message, descriptors);
        Assert.Equal(Errno.None, reply.Error);
        return reply.Payload.ToArray();
    }

    /// <summary>Sends a command that must be refused by a header alone and leave the stream in step.</summary>
    internal void Refused(Errno error, byte[] message, params ReadOnlySpan<int> descriptors)
    {
        VfioUserFrame reply = Exchange(message, descriptors);
        Assert.Equal(error, reply.Error);
        Assert.Equal(16, reply.Bytes.Length);
        AssertInStep();
    }

    /// <summary>Sends a command that must be refused with EINVAL.</summary>
    internal void Refused(byte[] message, params ReadOnlySpan<int> descriptors) => Refused(Errno.EINVAL, message, descriptors);

    /// <summary>The next message is understood and its answer is the next reply.</summary>
    internal void AssertInStep()
    {
        const ushort Arbitrary = 0x5aa5;
        using VfioUserFrame reply = Exchange(Raw.GetInfoMessage(id: Arbitrary));
        Assert.Equal(Raw.Bytes(16u, 3u, 9u, 5u), reply.Payload.ToArray());
    }

    /// <summary>The server has said all it had to say and closed the connection.</summary>
    internal static void AssertClosed(VfioUserConnection connection) => Assert.Null(connection.TryReceive());
}
