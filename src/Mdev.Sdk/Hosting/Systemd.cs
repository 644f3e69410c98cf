using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Mdev.Sdk.Hosting;

/// <summary>
/// What systemd and a service say to each other. Sources: sd_notify(3), sd_listen_fds(3), sd_watchdog_enabled(3).
/// </summary>
/// <remarks>
/// No library: Microsoft.Extensions.Hosting.Systemd knows READY and STOPPING alone, and only of a program that has a generic
/// host; sockets, watchdog and status would stand here all the same.
/// </remarks>
internal static class Systemd
{
    private const int FirstPassedDescriptor = 3;

    /// <summary>The sockets that systemd has opened for this process, in its order; taken once.</summary>
    /// <returns>None for a process that systemd has not started by a socket.</returns>
    public static IReadOnlyList<ActivationSocket> TakeSockets()
    {
        string? process = Take("LISTEN_PID");
        string? count = Take("LISTEN_FDS");
        string[] names = Take("LISTEN_FDNAMES") is { Length: > 0 } given ? given.Split(':') : [];
        if (!IsThisProcess(process) || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return [];

        // sd_listen_fds_with_names(3) calls a socket without a name that.
        return [.. Enumerable.Range(0, number).Select(i =>
            new ActivationSocket(FirstPassedDescriptor + i, i < names.Length ? names[i] : "unknown"))];
    }

    /// <summary>After how long without a sign of life systemd kills this process; taken once.</summary>
    /// <returns><see langword="null"/> if it does not.</returns>
    public static TimeSpan? TakeWatchdog()
    {
        string? process = Take("WATCHDOG_PID");
        string? time = Take("WATCHDOG_USEC");
        return (process is null || IsThisProcess(process))
            && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
            && microseconds is > 0 and < long.MaxValue / TimeSpan.TicksPerMicrosecond
                ? TimeSpan.FromMicroseconds(microseconds)
                : null;
    }

    /// <summary>Whether somebody listens to <see cref="Notify"/>.</summary>
    public static bool IsListening => Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 };

    /// <summary>Tells whoever started the process how it is.</summary>
    /// <param name="state">Assignments such as <c>READY=1</c>, a line each.</param>
    public static void Notify(string state)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 } path)
            return;

        try
        {
            // A leading @ stands for the NUL of the abstract namespace.
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

            // Whoever listens may be stopped, and devices must not wait for it.
            socket.SendTimeout = 1000;
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path[0] == '@' ? "\0" + path[1..] : path));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            // sd_notify(3): a service works as well without anybody listening.
        }
    }

    // What is for this process is not for a child of it.
    private static string? Take(string variable)
    {
        string? value = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, null);
        return value;
    }

    private static bool IsThisProcess(string? process) =>
        process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
}
