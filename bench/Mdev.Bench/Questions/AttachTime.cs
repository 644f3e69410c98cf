using System.Diagnostics;
using System.Net.Sockets;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;
using Mdev.Sdk.Testing;

namespace Mdev.Bench.Questions;

/// <summary>How long does a client take to attach: connect, negotiate, ask for what the device has?</summary>
/// <remarks>
/// Asks for what QEMU asks for, of samples/Mtty. The floor answers the same number of messages, the peer those about a device of its own.
/// </remarks>
internal sealed class AttachTime : IQuestion
{
    private const uint Regions = 9, Interrupts = 5;

    public string Name => "attach";

    public void Answer(Report report, Settings settings)
    {
        report.Title("Attaching");
        using ServerProcess floor = ServerProcess.Start(Serving.Floor, settings.Place);
        using ServerProcess mtty = ServerProcess.StartHost(StartTime.Mtty, settings.Place);
        for (int i = 0; i < 100; i++)
        {
            Attach(floor.Socket);
            Attach(mtty.Socket);
        }

        using ServerProcess? peer = StartPeer(report, settings);
        List<(string, Func<double>)> contenders = [("floor", () => Attach(floor.Socket)), ("ours", () => Attach(mtty.Socket))];
        if (peer is not null)
            contenders.Add(("peer", () => Attach(peer)));
        Samples[] samples = Interleaved.Run(settings.Rounds(200), [.. contenders]);
        foreach (Samples other in samples.Where(other => other.Name != "ours"))
            report.Compare("connect, VERSION, 15 queries", "ms", samples[1], other);
    }

    // One that serves only one client in its life, or leaves a question open, drops out.
    private static ServerProcess? StartPeer(Report report, Settings settings)
    {
        if (settings.Peer is not { } program)
            return null;
        ServerProcess peer = ServerProcess.StartPeer(program.Program, settings.Place);
        try
        {
            VfioUserClient.Connect(peer.Socket, retryFor: TimeSpan.FromSeconds(10)).Dispose();
            for (int i = 0; i < 100; i++)
                Attach(peer.Socket);
            peer.LetRun(false);
            return peer;
        }
        catch (Exception e) when (e is IOException or SocketException or TimeoutException or VfioException)
        {
            report.Note($"  without the peer: {e.Message}");
            peer.Dispose();
            return null;
        }
    }

    private static double Attach(ServerProcess peer)
    {
        peer.LetRun(true);
        double time = Attach(peer.Socket);
        peer.LetRun(false);
        return time;
    }

    private static double Attach(string socket)
    {
        long start = Stopwatch.GetTimestamp();
        using VfioUserClient client = VfioUserClient.Connect(socket);
        client.GetDeviceInfo();
        for (uint region = 0; region < Regions; region++)
            client.GetRegionInfo(region);
        for (uint index = 0; index < Interrupts; index++)
            client.GetIrqInfo(index);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
