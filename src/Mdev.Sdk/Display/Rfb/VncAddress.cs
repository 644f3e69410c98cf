using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>Where viewers find a screen, as they say it themselves: <c>HOST:N</c>, which is port 5900 + N.</summary>
/// <param name="Host">An address or a name; empty for this machine alone.</param>
/// <param name="Display">N.</param>
internal sealed record VncAddress(string Host, int Display)
{
    /// <summary>The port of display 0.</summary>
    public const int FirstPort = 5900;

    /// <summary>The last display that has a port.</summary>
    public const int LastDisplay = IPEndPoint.MaxPort - FirstPort;

    /// <summary>Reads one.</summary>
    /// <param name="text"><c>:0</c>, <c>192.0.2.1:0</c>, <c>name:0</c> or <c>[::1]:0</c>.</param>
    /// <returns><see langword="null"/> if it is none.</returns>
    public static VncAddress? TryParse(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int display))
            return null;
        string host = text[..colon];
        bool isBracketed = host.StartsWith('[') && host.EndsWith(']');
        if (isBracketed)
            host = host[1..^1];
        bool isHost = host.Length == 0
            ? !isBracketed
            : isBracketed
                ? IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6
                : Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;
        return isHost && display <= LastDisplay ? new(host, display) : null;
    }

    /// <summary>The machine's address that is meant.</summary>
    /// <exception cref="IOException">There is none; the text is for people.</exception>
    public IPAddress Resolve()
    {
        if (Host.Length == 0)
            return IPAddress.Loopback;
        if (IPAddress.TryParse(Host, out IPAddress? address))
            return address;
        try
        {
            return Dns.GetHostAddresses(Host)[0];
        }
        catch (Exception e) when (e is SocketException or IndexOutOfRangeException or ArgumentException)
        {
            throw new IOException($"VNC: there is no address of the name {Host}.", e);
        }
    }
}
