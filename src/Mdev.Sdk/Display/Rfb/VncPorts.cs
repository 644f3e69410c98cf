using System.Net;
using System.Net.Sockets;
using Mdev.Sdk.Display.Screens;
using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>
/// Shows all screens of a host program to VNC viewers: the first one where it was told, each further one at the next port that is free.
/// </summary>
internal sealed class VncPorts : IDisposable
{
    // Ports that others hold are passed over, not searched for ever.
    private const int MostTried = 256;

    private readonly Lock _gate = new();
    private readonly DeviceScreens _screens;
    private readonly VncAddress _place;
    private readonly IPAddress _address;
    private readonly VncPassword? _password;
    private readonly ILogger _logger;
    private readonly Action<string> _tell;
    private readonly List<VncPort> _ports = [];
    private Task _telling = Task.CompletedTask;
    private bool _disposed;

    private VncPorts(DeviceScreens screens, VncAddress place, IPAddress address, ILogger logger, Action<string> tell)
    {
        (_screens, _place, _address, _logger, _tell) = (screens, place, address, logger, tell);
        _password = IPAddress.IsLoopback(address) ? null : VncPassword.Make();
        _ports.Add(new VncPort(new IPEndPoint(address, VncAddress.FirstPort + place.Display), logger));
        screens.Added += Show;
        screens.Removed += Clear;
    }

    /// <summary>Listens at the first port.</summary>
    /// <param name="screens">The host program's screens, of which none is there yet.</param>
    /// <param name="place">Where; other machines reach it only with a password.</param>
    /// <param name="logger">For who comes and goes.</param>
    /// <param name="tell">Told where each screen is, and the password: for who started the program.</param>
    /// <exception cref="IOException">The port is taken, or the address is none of this machine; the text is for people.</exception>
    public static VncPorts Start(DeviceScreens screens, VncAddress place, ILogger logger, Action<string> tell)
    {
        IPAddress address = place.Resolve();
        try
        {
            return new VncPorts(screens, place, address, logger, tell);
        }
        catch (SocketException e)
        {
            var wanted = new IPEndPoint(address, VncAddress.FirstPort + place.Display);
            throw new IOException($"VNC cannot listen on {wanted}: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _screens.Added -= Show;
        _screens.Removed -= Clear;
        VncPort[] ports;
        lock (_gate)
        {
            _disposed = true;
            ports = [.. _ports];
            _ports.Clear();
        }
        foreach (VncPort port in ports)
            port.Dispose();
    }

    private void Show(Screen screen)
    {
        lock (_gate)
        {
            // Its removal may have been told before.
            if (_disposed || screen.IsGone)
                return;
            if (FindPort() is not { } port)
            {
                int first = VncAddress.FirstPort + _place.Display;
                RfbLog.NoPort(_logger, screen.Uuid, first, Math.Min(first + MostTried, IPEndPoint.MaxPort));
                return;
            }
            port.Show(screen, _password);
            string password = _password is null ? "" : $", password {_password.Text}";
            string line = $"{screen.Uuid}: vnc {port.Place}{password}";

            // Nobody may read what is told, and no device waits for them.
            _telling = _telling.ContinueWith(_ => _tell(line), TaskScheduler.Default);
        }
    }

    // The first port is this program's as long as it runs; others go with their screens.
    private void Clear(Screen screen)
    {
        lock (_gate)
        {
            int index = _ports.FindIndex(port => port.Shows(screen));
            if (index < 0)
                return;
            if (index == 0)
            {
                _ports[0].Clear();
                return;
            }
            _ports[index].Dispose();
            _ports.RemoveAt(index);
        }
    }

    private VncPort? FindPort()
    {
        if (_ports[0].IsFree)
            return _ports[0];
        int first = _ports[0].Place.Port;
        for (int number = first + 1; number <= Math.Min(first + MostTried, IPEndPoint.MaxPort); number++)
        {
            if (_ports.Exists(p => p.Place.Port == number))
                continue;
            try
            {
                var port = new VncPort(new IPEndPoint(_address, number), _logger);
                _ports.Add(port);
                return port;
            }
            catch (SocketException)
            {
                // It is taken.
            }
        }
        return null;
    }
}
