using System.Net;
using System.Net.Sockets;
using Mdev.Bench.Clients;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;
using Mdev.Sdk.Display.Rfb;

namespace Mdev.Bench.Questions;

/// <summary>What does a VNC viewer cost the process whose screen it looks at?</summary>
/// <remarks>
/// 1024x768, of which a guest changes a quarter thirty times a second in memory that it maps; the device tells nothing, so changes have
/// to be found. Guest and viewer are in this process; the figure is all processor time of the other one, as the scheduler counts it.
/// </remarks>
internal sealed class VncScreen : IQuestion
{
    // What is compiled better once it has run often is compiled by then.
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(4);

    public string Name => "vnc";

    public void Answer(Report report, Settings settings)
    {
        report.Title("A VNC viewer of 1024x768, a quarter of it drawn 30 times a second");
        foreach ((string what, int encoding, bool isNoise) in (ReadOnlySpan<(string, int, bool)>)[
            ("raw", VncViewer.Raw, false), ("ZRLE, text", VncViewer.Zrle, false), ("ZRLE, noise", VncViewer.Zrle, true)])
        {
            Watched drawn = Watch(settings, encoding, isNoise);
            report.State($"{what}: share of a core", drawn.Share, "", Target.AtMost(0.5));
            report.State($"{what}: updates in a second", drawn.Updates, "");
            report.State($"{what}: sent in a second", drawn.Bytes / 1e6, "MB");
        }

        Watched still = Watch(settings, VncViewer.Zrle, isNoise: null);
        report.State("ZRLE, nothing drawn: processor time in a second", still.Share * 1000, "ms");
        report.State("ZRLE, nothing drawn: sent in a second", still.Bytes, "B", Target.AtMost(0));
    }

    // Where nothing is drawn, nothing is to be said of what.
    private static Watched Watch(Settings settings, int encoding, bool? isNoise)
    {
        int port = FreePort();
        using ServerProcess server = ServerProcess.Start(Serving.ScreenAt(port - VncAddress.FirstPort), settings.Place);
        using DrawingGuest? guest = isNoise is { } noise ? new DrawingGuest(server.Socket, noise) : null;
        using var viewer = new VncViewer(port, encoding);
        Thread.Sleep(settings.IsQuick ? TimeSpan.FromSeconds(1) : s_settling);

        TimeSpan watched = TimeSpan.FromSeconds(settings.IsQuick ? 1 : 10);
        Dictionary<string, TimeSpan> before = server.ProcessorTimes();
        (long bytes, long updates) = (viewer.Received, viewer.Updates);
        Thread.Sleep(watched);
        double used = server.ProcessorTimes().Sum(thread => (thread.Value - before.GetValueOrDefault(thread.Key)).TotalSeconds);
        return new(
            used / watched.TotalSeconds, (viewer.Updates - updates) / watched.TotalSeconds, (viewer.Received - bytes) / watched.TotalSeconds);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private readonly record struct Watched(double Share, double Updates, double Bytes);
}
