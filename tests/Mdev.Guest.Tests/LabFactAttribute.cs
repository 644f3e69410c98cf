using System.Diagnostics;

namespace Mdev.Guest.Tests;

/// <summary>A test that boots a guest. Without a lab it is skipped, but under CI it fails: nobody would read the skip there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LabFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> s_isReady = new(IsReady);

    public LabFactAttribute()
    {
        if (!s_isReady.Value && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "There is no guest lab on this machine; lab/setup makes one.";
    }

    private static bool IsReady()
    {
        using Process check = Process.Start(new ProcessStartInfo(Paths.Lab("setup"), "--check") { RedirectStandardOutput = true })!;
        check.WaitForExit();
        return check.ExitCode == 0;
    }
}
