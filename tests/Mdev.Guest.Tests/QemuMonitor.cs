using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Mdev.Guest.Tests;

/// <summary>QEMU's control socket. Source: QEMU, docs/interop/qmp-spec.rst.</summary>
internal sealed class QemuMonitor : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly StreamReader _lines;
    private readonly Queue<string> _events = new();

    private QemuMonitor(string path)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                _socket.Connect(new UnixDomainSocketEndPoint(path));
                break;
            }
            catch (SocketException) when (patience.Elapsed < TimeSpan.FromSeconds(30))
            {
                Thread.Sleep(20);
            }
        }
        _lines = new StreamReader(new NetworkStream(_socket) { ReadTimeout = 60_000 });
        Assert.Contains("QMP", _lines.ReadLine(), StringComparison.Ordinal);
        Execute("qmp_capabilities");
    }

    /// <summary>Connects to a guest that was started with <c>--qmp</c>, which may still be about to begin.</summary>
    public static QemuMonitor Connect(string path) => new(path);

    /// <summary>Has QEMU do something, and fails if it refuses.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="arguments">A JSON object.</param>
    public void Execute(string command, string arguments = "{}")
    {
        _socket.Send(Encoding.UTF8.GetBytes($$"""{"execute":"{{command}}","arguments":{{arguments}}}""" + "\n"));
        string answer;
        do
            answer = ReadLine();
        while (IsEvent(answer));
        Assert.StartsWith("""{"return":""", answer.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>Waits until QEMU has said something of its own accord, since the last time it was waited for.</summary>
    public void WaitFor(string name)
    {
        while (true)
        {
            while (_events.TryDequeue(out string? earlier))
            {
                if (earlier == name)
                    return;
            }
            IsEvent(ReadLine());
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _socket.Dispose();
    }

    private string ReadLine() => _lines.ReadLine() ?? throw new IOException("QEMU has gone.");

    private bool IsEvent(string line)
    {
        using JsonDocument message = JsonDocument.Parse(line);
        if (!message.RootElement.TryGetProperty("event", out JsonElement name))
            return false;
        _events.Enqueue(name.GetString()!);
        return true;
    }
}
