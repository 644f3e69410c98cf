using System.Diagnostics;

namespace Mdev.Bench.Servers;

/// <summary>An administrator's tool as the lab has it, without the lab's own script around it.</summary>
internal static class ToolCommand
{
    /// <summary>The words to run.</summary>
    /// <exception cref="IOException">The lab has none.</exception>
    public static string[] Of(string name)
    {
        using Process process = Process.Start(new ProcessStartInfo(Path.Combine(Repository, "lab/tool"), ["--command", name])
        {
            RedirectStandardOutput = true,
        })!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text.TrimEnd('\n').Split('\n') : throw new IOException($"there is no {name} here; lab/setup fetches it");
    }

    // As built, below artifacts/bin/Mdev.Bench.
    private static string Repository { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));
}
