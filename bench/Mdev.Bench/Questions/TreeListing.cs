using System.Diagnostics;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Bench.Servers;

namespace Mdev.Bench.Questions;

/// <summary>What does it cost a tool that instances are files of a process, and what does it cost the process?</summary>
/// <remarks>
/// mdevctl lists active devices by their files, and asks a script for the attributes of each: with the script a listing is mostly a
/// thousand shells, on either side. So it is also measured below roots without one.
/// </remarks>
internal sealed class TreeListing : IQuestion
{
    private const int Instances = 1000;
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(15); // idle threads end after five, and the runtime tidies up after them

    public string Name => "tree";

    public void Answer(Report report, Settings settings)
    {
        report.Title($"A tree of {Instances:#,0} instances");
        string[] mdevctl = ToolCommand.Of("mdevctl");
        string root = settings.Place.NewSocket(), copy = root + ".copy";
        using ServerProcess server = ServerProcess.StartTree(Instances, root, settings.Place);
        Copy(root, copy);
        Compare(report, settings, "mdevctl list, with attributes", 5, mdevctl, root, copy, "list");
        Compare(report, settings, "mdevctl list --dumpjson, with attributes", 5, mdevctl, root, copy, "list", "--dumpjson");

        string bare = WithoutScript(root), bareCopy = WithoutScript(copy);
        Compare(report, settings, "mdevctl list, files alone", 30, mdevctl, bare, bareCopy, "list");
        Compare(report, settings, "mdevctl list --dumpjson, files alone", 30, mdevctl, bare, bareCopy, "list", "--dumpjson");

        report.State("processor time in five seconds that nobody reads", Idle(server, settings.IsQuick ? TimeSpan.FromSeconds(2) : s_settling), "us", Target.AtMost(0));
    }

    private static void Compare(Report report, Settings settings, string what, int rounds, string[] mdevctl, string root, string copy, params string[] words)
    {
        if (List(mdevctl, root, words).Text != List(mdevctl, copy, words).Text)
            throw new IOException($"{what}: the copy lists otherwise than the tree.");
        Samples[] samples = Interleaved.Run(settings.Rounds(rounds),
            ("plain files", () => List(mdevctl, copy, words).Milliseconds), ("ours", () => List(mdevctl, root, words).Milliseconds));
        report.Compare(what, "ms", samples[1], samples[0], Target.AtMost(2));
    }

    private static (string Text, double Milliseconds) List(string[] mdevctl, string root, string[] words)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(mdevctl[0], [.. mdevctl[1..], .. words])
        {
            RedirectStandardOutput = true,
            Environment = { ["MDEVCTL_ENV_ROOT"] = root },
        })!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return process.ExitCode == 0 ? (text, time) : throw new IOException($"mdevctl ended with status {process.ExitCode}.");
    }

    // Microseconds that the process has run; without the runtime's own threads (".NET Finalizer" wakes up every ten seconds), which
    // every program has.
    private static double Idle(ServerProcess server, TimeSpan settling)
    {
        Thread.Sleep(settling);
        Dictionary<string, TimeSpan> before = server.ProcessorTimes();
        Thread.Sleep(TimeSpan.FromSeconds(5));
        return server.ProcessorTimes().Where(thread => !IsOfRuntime(thread.Key)).Sum(thread => (thread.Value - before.GetValueOrDefault(thread.Key)).TotalMicroseconds);
    }

    private static bool IsOfRuntime(string task) => File.ReadAllText(Path.Combine(task, "comm")).StartsWith(".NET", StringComparison.Ordinal);

    // Folders, links and contents; in place of what is only written to, an empty file.
    private static void Copy(string root, string copy) => Shell($"""
        cp -a '{root}' '{copy}' 2> /dev/null
        cd '{root}' && find . -type f ! -perm /444 > '{copy}.unreadable' && cd '{copy}' && xargs touch < '{copy}.unreadable'
        """);

    private static string WithoutScript(string root)
    {
        Shell($"""
            mkdir -p '{root}.bare/etc/mdevctl.d' '{root}.bare/usr/lib/mdevctl/scripts.d/callouts' '{root}.bare/usr/lib/mdevctl/scripts.d/notifiers'
            ln -s '{root}/sys' '{root}.bare/sys'
            """);
        return root + ".bare";
    }

    private static void Shell(string commands)
    {
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", commands]))!;
        shell.WaitForExit();
        if (shell.ExitCode != 0)
            throw new IOException("The tree could not be copied.");
    }
}
