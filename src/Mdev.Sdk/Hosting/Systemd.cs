using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Mdev.Sdk.Hosting;

/// <summary>The two things systemd and a service say to each other. Sources: sd_notify(3), sd_listen_fds(3).</summary>
internal static class Systemd
{
    private const int FirstPassedDescriptor = 3;

    /// <summary>The socket that systemd has opened for this process.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    /// <exception cref="IOException">There are several: one process serves one instance.</exception>
    public static int? TakeSocket()
    {
        string? process = Environment.GetEnvironmentVariable("LISTEN_PID");
        string? count = Environment.GetEnvironmentVariable("LISTEN_FDS");

        // Not for a child of ours either.
        Environment.SetEnvironmentVariable("LISTEN_PID", null);
        Environment.SetEnvironmentVariable("LISTEN_FDS", null);

        if (process != Environment.ProcessId.ToString(CultureInfo.InvariantCulture) || count is null)
            return null;
        return count == "1"
            ? FirstPassedDescriptor
            : throw new IOException($"systemd passed {count} sockets; an instance is served on one.");
    }

    /// <summary>Tells whoever started the process how it is.</summary>
    /// <param name="state">An assignment such as <c>READY=1</c>.</param>
    public static void Notify(string state)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 } path)
            return;

        try
        {
            // A leading @ stands for the NUL of the abstract namespace.
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path[0] == '@' ? "\0" + path[1..] : path));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            // sd_notify(3): a service works as well without anybody listening.
        }
    }
}
