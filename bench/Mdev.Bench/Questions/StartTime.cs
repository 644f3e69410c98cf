using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;

namespace Mdev.Bench.Questions;

/// <summary>How long from the start of samples/Mtty, as built, until a client can connect?</summary>
/// <remarks>Beside it the floor's process: what .NET itself needs.</remarks>
internal sealed class StartTime : IQuestion
{
    /// <summary>Built beside this program.</summary>
    public static string Mtty { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Mtty", new DirectoryInfo(AppContext.BaseDirectory).Name, "Mtty.dll"));

    public string Name => "start";

    public void Answer(Report report, Settings settings)
    {
        report.Title("Starting");
        Samples[] samples = Interleaved.Run(
            settings.Rounds(15),
            ("floor", () => Time(() => ServerProcess.Start(Serving.Floor, settings.Place))),
            ("ours", () => Time(() => ServerProcess.StartHost(Mtty, settings.Place))));
        report.Compare("process start to ready, not precompiled", "ms", samples[1], samples[0]);
    }

    private static double Time(Func<ServerProcess> start)
    {
        using ServerProcess server = start();
        return server.StartedIn.TotalMilliseconds;
    }
}
