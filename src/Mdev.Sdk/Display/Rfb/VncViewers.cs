using System.Net;
using System.Net.Sockets;
using Mdev.Sdk.Display.Screens;
using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>All that look at one screen. None of them waits for another, and the device for none.</summary>
/// <param name="screen">The screen.</param>
/// <param name="password">What they have to know; <see langword="null"/> for nothing.</param>
/// <param name="logger">Where to say who comes and goes.</param>
internal sealed class VncViewers(Screen screen, VncPassword? password, ILogger logger) : IDisposable
{
    /// <summary>As many at a time.</summary>
    public const int Most = 64;

    // Whoever connects and sends garbage, as fast as it likes, is a line in a second; whoever comes and goes, a few.
    private const long MillisecondsBetweenLines = 1000;
    private const int ComingsInASecond = 20;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<Task> _viewers = [];
    private readonly CancellationTokenSource _ending = new();
    private long _refusedAt = -MillisecondsBetweenLines;
    private int _unsaid;
    private long _second;
    private int _comings;
    private bool _hasEnded;

    /// <summary>Whose screen it is.</summary>
    public Guid Uuid => screen.Uuid;

    /// <summary>Serves another one.</summary>
    /// <param name="socket">Its connection; owned from here on.</param>
    public void Admit(Socket socket)
    {
        string address = AddressOf(socket);
        lock (_gate)
        {
            if (!_hasEnded && _viewers.Count < Most)
            {
                Task viewer = Task.Run(() => ServeAsync(socket, address));
                _viewers.Add(viewer);
                _ = viewer.ContinueWith(Forget, TaskScheduler.Default);
                return;
            }
        }
        Refuse(address, $"is one too many, of {Most}");
        socket.Dispose();
    }

    /// <summary>Turns all away. Waits for none that a device's code holds up.</summary>
    public void Dispose()
    {
        Task[] left;
        lock (_gate)
        {
            if (_hasEnded)
                return;
            _hasEnded = true;
            left = [.. _viewers];
        }
        _ending.Cancel();
        if (Task.WaitAll(left, s_patience))
            _ending.Dispose();
    }

    private async Task ServeAsync(Socket socket, string address)
    {
        bool looked = false;
        try
        {
            var viewer = new RfbViewer(socket, screen, password);
            string? mistake = await viewer.RunAsync(Began, _ending.Token).ConfigureAwait(false);
            if (mistake is not null)
                Refuse(address, mistake);
            else if (looked && MaySay())
                RfbLog.Disconnected(logger, Uuid, address);
        }
        catch (Exception e)
        {
            RfbLog.Faulted(logger, e, Uuid);
        }

        void Began()
        {
            looked = true;
            if (MaySay())
                RfbLog.Connected(logger, Uuid, address);
        }
    }

    private void Forget(Task viewer)
    {
        lock (_gate)
            _viewers.Remove(viewer);
    }

    private bool MaySay()
    {
        lock (_gate)
        {
            long second = Environment.TickCount64 / 1000;
            (_comings, _second) = (second == _second ? _comings + 1 : 1, second);
            return _comings <= ComingsInASecond;
        }
    }

    private void Refuse(string address, string reason)
    {
        int others;
        lock (_gate)
        {
            if (Environment.TickCount64 - _refusedAt < MillisecondsBetweenLines)
            {
                _unsaid++;
                return;
            }
            (others, _unsaid, _refusedAt) = (_unsaid, 0, Environment.TickCount64);
        }
        RfbLog.Refused(logger, Uuid, address, reason, others);
    }

    private static string AddressOf(Socket socket)
    {
        try
        {
            return (socket.RemoteEndPoint as IPEndPoint)?.ToString() ?? "?";
        }
        catch (SocketException)
        {
            return "?";
        }
    }
}
