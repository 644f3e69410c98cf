using System.Net.Sockets;
using System.Text;

namespace Mdev.Hosting.Tests;

/// <summary>Plays systemd's end of sd_notify(3).</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public NotifySocket(string path)
    {
        Path = path;
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        _socket.ReceiveTimeout = 30_000;
    }

    public string Path { get; }

    /// <summary>The assignments of the next message.</summary>
    public string[] Receive()
    {
        byte[] bytes = new byte[4096];
        return Encoding.UTF8.GetString(bytes, 0, _socket.Receive(bytes)).Split('\n');
    }

    /// <summary>Waits for a message that has an assignment.</summary>
    public void Await(string assignment)
    {
        for (int i = 0; i < 1000; i++)
        {
            if (Receive().Contains(assignment))
                return;
        }
        Assert.Fail($"{assignment} does not come.");
    }

    /// <summary>Whether nothing comes for a while.</summary>
    public bool IsSilentFor(TimeSpan time) => !_socket.Poll(time, SelectMode.SelectRead);

    /// <summary>Takes what has come.</summary>
    public void Drain()
    {
        while (_socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
            Receive();
    }

    public void Dispose()
    {
        _socket.Dispose();
        File.Delete(Path);
    }
}
