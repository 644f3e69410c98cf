using Mdev.Bench.Clients;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;

namespace Mdev.Bench.Questions;

/// <summary>What does it cost to show a screen of 1024x768 on a page, of which a quarter changes 30 times a second? And one that does not?</summary>
/// <remarks>
/// Processor time of the process that serves, less the thread that draws in the guest's place; the page is this process, which takes each
/// update and throws it away.
/// </remarks>
internal sealed class LivePage : IQuestion
{
    private const int DrawsPerSecond = 30;
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(3);

    public string Name => "web";

    public void Answer(Report report, Settings settings)
    {
        report.Title("A screen of 1024x768 on a page");
        Viewed drawn = Measure(Serving.Page, settings), noise = Measure(Serving.NoisyPage, settings), still = Measure(Serving.StillPage, settings);
        report.State("a quarter drawn anew 30 times a second", drawn.Cores, "core", Target.AtMost(0.5));
        report.State("  updates that arrive", drawn.Updates, "/s", Target.AtLeast(DrawsPerSecond * 0.9));
        report.State("  bytes that arrive", drawn.Bytes / 1e6, "MB/s");
        report.State("the same of chance colours, incompressible", noise.Cores, "core", Target.AtMost(0.5));
        report.State("  updates that arrive", noise.Updates, "/s");
        report.State("  bytes that arrive", noise.Bytes / 1e6, "MB/s");
        report.State("nothing drawn", still.Cores, "core", Target.AtMost(0.05));
        report.State("  bytes that arrive", still.Bytes, "B/s", Target.AtMost(0));
    }

    private static Viewed Measure(string mode, Settings settings)
    {
        using ServerProcess server = ServerProcess.Start(mode, settings.Place);
        using var viewer = new PageViewer(new Uri(File.ReadAllText(server.Socket)));

        // The first picture, and the runtime's compiling better what runs often.
        Thread.Sleep(settings.IsQuick ? TimeSpan.FromSeconds(1) : s_settling);
        TimeSpan watched = TimeSpan.FromSeconds(settings.IsQuick ? 1 : 8);
        (double time, long updates, long bytes) = (Used(server), viewer.Updates, viewer.Bytes);
        Thread.Sleep(watched);
        return new(
            (Used(server) - time) / watched.TotalSeconds,
            (viewer.Updates - updates) / watched.TotalSeconds,
            (viewer.Bytes - bytes) / watched.TotalSeconds);
    }

    private static double Used(ServerProcess server) => server.ProcessorTimes()
        .Where(thread => File.ReadAllText($"{thread.Key}/comm").Trim() != ServedPage.Painter)
        .Sum(thread => thread.Value.TotalSeconds);

    private sealed record Viewed(double Cores, double Updates, double Bytes);
}
