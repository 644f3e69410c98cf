using System.Diagnostics;
using Mdev.Bench.Clients;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;

namespace Mdev.Bench.Questions;

/// <summary>How much of the throughput of one busy device is left where many are busy at once?</summary>
/// <remarks>
/// All in one process, each with a client on a thread of its own that makes one round trip after the other; nobody is pinned. All
/// that the machine does in both cases is round trips, so the more devices, the more they are in each other's way.
/// </remarks>
internal sealed class BusyDevices : IQuestion
{
    private const int Devices = 16;
    private static readonly TimeSpan s_round = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_warming = TimeSpan.FromSeconds(2);

    public string Name => "busy";

    public void Answer(Report report, Settings settings)
    {
        report.Title("Busy devices, register reads of 4 bytes, thousands a second");
        using ServerProcess server = ServerProcess.Start(Serving.Devices(Devices), settings.Place);
        var clients = new List<RawClient>();
        try
        {
            for (int device = 0; device < Devices; device++)
                clients.Add(RawClient.Connect(Serving.PathOf(server.Socket, device)));
            Rate(clients, s_warming);
            Samples[] samples = Interleaved.Run(
                settings.Rounds(50),
                ("one", () => Rate(clients[..1], s_round)),
                ($"{Devices} at once", () => Rate(clients, s_round)));
            report.Compare($"{Devices} devices at once, all together", "k/s", samples[1], samples[0], Target.AtLeast(0.9));
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    // Round trips a millisecond of all clients.
    private static double Rate(List<RawClient> clients, TimeSpan time)
    {
        Frame request = Frame.Read(0, 0x40, 4);
        long start = Stopwatch.GetTimestamp(), made = 0;
        Thread[] threads = [.. clients.Select(client => new Thread(() =>
        {
            var ticks = new long[50];
            while (Stopwatch.GetElapsedTime(start) < time)
            {
                client.RoundTrips(request, ticks);
                Interlocked.Add(ref made, ticks.Length);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        return made / Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
