using System.Net.Sockets;

namespace Mdev.Devices.Tests;

/// <summary>What a serial port is wired to: the test's end of a unix socket.</summary>
internal sealed class FarEnd : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mdev-");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private Socket? _line;

    public FarEnd()
    {
        Path = System.IO.Path.Combine(_directory.FullName, "line.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen();
    }

    public string Path { get; }

    private Socket Line
    {
        get
        {
            _line ??= _listener.Accept();
            _line.ReceiveTimeout = 30_000;
            return _line;
        }
    }

    public void Send(params ReadOnlySpan<byte> bytes) => Line.Send(bytes);

    /// <summary>Waits for so many bytes.</summary>
    public byte[] Receive(int count)
    {
        byte[] bytes = new byte[count];
        for (int at = 0; at < count;)
        {
            int received = Line.Receive(bytes.AsSpan(at));
            Assert.NotEqual(0, received);
            at += received;
        }
        return bytes;
    }

    public bool HasReceived => Line.Poll(TimeSpan.FromMilliseconds(100), SelectMode.SelectRead);

    public void Dispose()
    {
        _line?.Dispose();
        _listener.Dispose();
        _directory.Delete(recursive: true);
    }
}
