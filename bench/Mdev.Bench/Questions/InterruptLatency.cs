using System.Diagnostics;
using Mdev.Bench.Blocks;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Sdk.Testing;
using Mdev.Sdk.VfioUser;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Bench.Questions;

/// <summary>How long from device code that signals until whoever sleeps on the eventfd runs; and what does the device pay?</summary>
/// <remarks>The floor writes to the same eventfd from the same thread, without a device.</remarks>
internal sealed class InterruptLatency : IQuestion
{
    private const uint Msi = 1;
    private const int InOneRound = 300;
    private const int SignalsAtOnce = 20_000;

    public string Name => "interrupt";

    public void Answer(Report report, Settings settings)
    {
        report.Title("Interrupts");
        using var device = new SignallingDevice();
        device.Realize(Guid.NewGuid(), NullLogger.Instance);
        string socket = settings.Place.NewSocket();
        using var server = VfioUserServer.Listen(device, socket);
        using var client = VfioUserClient.Connect(socket);
        using var interrupt = new EventFd();
        client.ArmIrqs(Msi, interrupt);

        Action[] signals = [() => interrupt.Signal(), device.Line.Pulse, () => Raise(device)];
        try
        {
            Cpus.PinThisThread(Cpus.Server);
            foreach (Sitting sitting in Sitting.All)
                MeasureLatency(report, settings, interrupt, signals, sitting);
            MeasureCost(report, settings, interrupt, signals);
        }
        finally
        {
            Cpus.UnpinThisThread();
        }
    }

    // As a level that a handler raises and a driver takes back: MSI signals at the edge.
    private static void Raise(SignallingDevice device)
    {
        device.Line.Assert();
        device.Line.Deassert();
    }

    private static void MeasureLatency(Report report, Settings settings, EventFd interrupt, Action[] signals, Sitting sitting)
    {
        using var reader = new InterruptReader(interrupt, sitting.ClientCpu);
        foreach (Action signal in signals)
            reader.MedianLatency(signal, 2000);
        Samples[] samples = Interleaved.Run(settings.Rounds(150), [.. Names.Zip(
            signals, (name, signal) => (name, (Func<double>)(() => reader.MedianLatency(signal, InOneRound))))]);
        report.Compare($"pulse to a sleeping reader, {sitting.Name}", "us", samples[1], samples[0], Target.AtMost(1.1));
        report.Compare($"raise to a sleeping reader, {sitting.Name}", "us", samples[2], samples[0], Target.AtMost(1.1));
    }

    private static void MeasureCost(Report report, Settings settings, EventFd interrupt, Action[] signals)
    {
        Samples[] samples = Interleaved.Run(settings.Rounds(150), [.. Names.Zip(
            signals, (name, signal) => (name, (Func<double>)(() => Cost(interrupt, signal))))]);
        report.Compare("pulse, nobody waits", "ns", samples[1], samples[0]);
        report.Compare("raise and lower, nobody waits", "ns", samples[2], samples[0]);
    }

    private static string[] Names => ["floor", "pulse", "raise"];

    private static double Cost(EventFd interrupt, Action signal)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < SignalsAtOnce; i++)
            signal();
        double time = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        return interrupt.Take() == SignalsAtOnce
            ? time / SignalsAtOnce
            : throw new InvalidOperationException("A signal was lost.");
    }
}
