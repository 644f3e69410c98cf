using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Mdev.Tool.Tests.Protocol;

/// <summary>A client of a control socket that shares no code with the tool.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly List<byte> _received = [];

    public RawClient(string path)
    {
        Socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 20_000, SendTimeout = 20_000 };
        Socket.Connect(new UnixDomainSocketEndPoint(path));
    }

    public Socket Socket { get; }

    public void Send(string text) => Socket.Send(Encoding.UTF8.GetBytes(text));

    /// <summary>The next line.</summary>
    public JsonElement Line()
    {
        int end;
        while ((end = _received.IndexOf((byte)'\n')) < 0)
        {
            byte[] some = new byte[4096];
            int count = Socket.Receive(some);
            Assert.True(count > 0, $"The connection ends in: {Encoding.UTF8.GetString([.. _received])}");
            _received.AddRange(some[..count]);
        }
        byte[] line = [.. _received[..end]];
        _received.RemoveRange(0, end + 1);
        return JsonDocument.Parse(line).RootElement;
    }

    /// <summary>Whether the host has closed the connection and nothing is left to read.</summary>
    public bool IsOver()
    {
        try
        {
            return _received.Count == 0 && Socket.Receive(new byte[1]) == 0;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    public void Dispose() => Socket.Dispose();
}
