using System.Net;
using System.Net.Sockets;
using Mdev.Sdk.Display.Screens;
using Mdev.Sdk.VfioUser;
using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>A port where viewers connect, and the screen that they find there.</summary>
internal sealed class VncPort : IDisposable
{
    private const int Backlog = 64;

    // A viewer's machine that is switched off says nothing; after so long without an answer its place is free.
    private const int SecondsToProbe = 60;

    private readonly ILogger _logger;
    private readonly AcceptLoop _accepting;
    private volatile VncViewers? _viewers;

    /// <param name="place">Where to listen.</param>
    /// <param name="logger">For who comes and goes.</param>
    /// <exception cref="SocketException">The port is taken, or the address is none of this machine.</exception>
    public VncPort(IPEndPoint place, ILogger logger)
    {
        (Place, _logger) = (place, logger);
        var listener = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(place);
            listener.Listen(Backlog);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
        _accepting = new AcceptLoop(listener, Admit, reason => RfbLog.AcceptFailed(_logger, place.ToString(), reason));
        _accepting.Start();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Place { get; }

    /// <summary>Whether it has no screen.</summary>
    public bool IsFree => _viewers is null;

    /// <summary>Whether a screen is shown here.</summary>
    public bool Shows(Screen screen) => _viewers?.Uuid == screen.Uuid;

    /// <summary>Shows a screen from here on.</summary>
    public void Show(Screen screen, VncPassword? password) => _viewers = new VncViewers(screen, password, _logger);

    /// <summary>Turns those away that look at its screen, which is gone.</summary>
    public void Clear()
    {
        VncViewers? viewers = _viewers;
        _viewers = null;
        viewers?.Dispose();
    }

    public void Dispose()
    {
        _accepting.Dispose();
        Clear();
    }

    private Task Admit(Socket client, CancellationToken cancel)
    {
        try
        {
            client.NoDelay = true;
            client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, SecondsToProbe);
        }
        catch (SocketException)
        {
            // It is gone again, which whoever serves it will find.
        }

        // Without a screen there is nobody to talk to.
        if (_viewers is { } viewers)
            viewers.Admit(client);
        else
            client.Dispose();
        return Task.CompletedTask;
    }
}
