using System.Diagnostics;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;
using Mdev.Sdk.Testing;

namespace Mdev.Bench.Questions;

/// <summary>How long does a client take to attach: connect, negotiate, ask for what the device has?</summary>
/// <remarks>Asks for what QEMU asks for, of samples/Mtty. The floor answers the same number of messages.</remarks>
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

        Samples[] samples = Interleaved.Run(
            settings.Rounds(200), ("floor", () => Attach(floor.Socket)), ("ours", () => Attach(mtty.Socket)));
        report.Compare("connect, VERSION, 15 queries", "ms", samples[1], samples[0]);
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
