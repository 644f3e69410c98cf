using Mdev.Bench.Clients;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;

namespace Mdev.Bench.Questions;

/// <summary>What does one more device cost that a guest has attached and does nothing with?</summary>
/// <remarks>
/// A process with very many devices, less one with a single one: by what the kernel counts as theirs, so all of it is in the figure, be it
/// the device, its socket's buffers in the process, its thread's stack or the runtime's own. Each has a client that has done what QEMU does
/// at its start, with guest memory that all of them share.
/// </remarks>
internal sealed class IdleDevices : IQuestion
{
    private const int Devices = 1000;
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(2);

    public string Name => "idle";

    public void Answer(Report report, Settings settings)
    {
        report.Title($"Idle devices, {Devices:#,0} attached in one process");
        (double lone, _) = Measure(1, settings);
        (double all, double time) = Measure(Devices, settings);
        report.State("resident memory, one more device", (all - lone) / (Devices - 1), "KiB", Target.AtMost(64));
        report.State("processor time, one device, in a second", time / Devices, "us", Target.AtMost(1));
    }

    // Resident KiB, and microseconds of processor time in a second, of a process in which all devices are attached and idle.
    private static (double Memory, double Time) Measure(int devices, Settings settings)
    {
        using ServerProcess server = ServerProcess.Start(Serving.Devices(devices), settings.Place);
        using var guest = new AttachedGuests();
        for (int device = 0; device < devices; device++)
            guest.Attach(Serving.PathOf(server.Socket, device));

        // What the runtime does after so much at once, as compiling better what ran often, is not a device's idling.
        Thread.Sleep(s_settling);
        TimeSpan watched = TimeSpan.FromSeconds(settings.IsQuick ? 1 : 5);
        Dictionary<string, TimeSpan> before = server.ProcessorTimes();
        Thread.Sleep(watched);

        // Thread by thread, as some of the runtime's have ended meanwhile.
        double used = server.ProcessorTimes().Sum(thread => (thread.Value - before.GetValueOrDefault(thread.Key)).TotalMicroseconds);
        return (server.ResidentKibibytes(), used / watched.TotalSeconds);
    }
}
