using System.Diagnostics;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;

namespace Mdev.Bench.Questions;

/// <summary>How long does a screenshot of 1920x1080 take, and how much of it is the tool's start?</summary>
/// <remarks>The picture is samples/Mdpy's own. The process that serves the device sends the pixels, the tool's compresses them.</remarks>
internal sealed class ScreenshotTime : IQuestion
{
    private static readonly string s_mdpy = Built("Mdpy", "Mdpy"), s_tool = Built("Mdev.Tool", "dotnet-mdev");

    public string Name => "screenshot";

    public void Answer(Report report, Settings settings)
    {
        report.Title("A screenshot of 1920x1080");
        string runtime = settings.Place.NewSocket() + ".d", file = settings.Place.NewSocket() + ".png";
        using Process host = Start(s_mdpy, runtime, "--type", "mdpy-hd");
        try
        {
            string uuid = host.StandardOutput.ReadLine()!.Split(' ')[1];
            TimeSpan before = host.TotalProcessorTime;
            int taken = 0;
            Samples[] samples = Interleaved.Run(settings.Rounds(20),
                ("tool's start", () => Time(runtime, "--version")),
                ("ours", () => Time(runtime, "screenshot", uuid, file, ref taken)));
            report.Compare("whole command, as built (not precompiled)", "ms", samples[1], samples[0]);
            report.State("of it, without the tool's start", samples[1].Median - samples[0].Median, "ms", Target.AtMost(100));
            host.Refresh();
            report.State("processor time of the host process, for one", (host.TotalProcessorTime - before).TotalMilliseconds / taken, "ms");
        }
        finally
        {
            host.Kill();
            host.WaitForExit();
        }
    }

    private static double Time(string runtime, string verb, string uuid, string file, ref int taken)
    {
        taken++;
        return Time(runtime, verb, uuid, file);
    }

    private static double Time(string runtime, params string[] words)
    {
        long start = Stopwatch.GetTimestamp();
        using Process tool = Start(s_tool, runtime, words);
        tool.StandardOutput.ReadToEnd();
        tool.WaitForExit();
        double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return tool.ExitCode == 0 ? time : throw new IOException($"dotnet-mdev {words[0]} ended with status {tool.ExitCode}.");
    }

    private static Process Start(string program, string runtime, params string[] words) => Process.Start(new ProcessStartInfo(program, words)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["MDEV_RUNTIME_DIR"] = runtime },
    })!;

    // Built beside this program.
    private static string Built(string project, string program) => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", project, new DirectoryInfo(AppContext.BaseDirectory).Name, program));
}
