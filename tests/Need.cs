using System.Diagnostics;

/// <summary>What a test may need of the machine.</summary>
internal enum Need
{
    /// <summary>To be root.</summary>
    Root,

    /// <summary>/dev/fuse.</summary>
    Fuse,

    /// <summary>User and mount namespaces for whoever wants one.</summary>
    Namespaces,

    /// <summary>mdevctl, of the machine or of the lab.</summary>
    Mdevctl,

    /// <summary>Wireshark's tshark.</summary>
    Tshark,

    /// <summary>systemd-analyze.</summary>
    SystemdAnalyze,

    /// <summary>A C compiler.</summary>
    Compiler,

    /// <summary>A browser without a window: <c>lab/tool chromium</c>.</summary>
    Browser,

    /// <summary>A VNC client without a window: <c>lab/tool gvnccapture</c>.</summary>
    VncClient,
}

/// <summary>
/// A test that needs something of the machine. Where that is missing the test is skipped and says why; under CI it runs, and fails: nobody
/// would read the skip there.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsFactAttribute : Xunit.FactAttribute
{
    public NeedsFactAttribute(params Need[] needs) => Skip = Needs.Missing(needs);
}

/// <summary><see cref="NeedsFactAttribute"/> for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsTheoryAttribute : Xunit.TheoryAttribute
{
    public NeedsTheoryAttribute(params Need[] needs) => Skip = Needs.Missing(needs);
}

internal static class Needs
{
    public static string? Missing(Need[] needs) => Environment.GetEnvironmentVariable("CI") == "true"
        ? null
        : needs.Select(Missing).FirstOrDefault(missing => missing is not null);

    private static string? Missing(Need need) => need switch
    {
        Need.Root => Environment.IsPrivilegedProcess ? null : "It needs root.",
        Need.Fuse => File.Exists("/dev/fuse") ? null : "There is no /dev/fuse; load the module fuse.",
        Need.Namespaces => Succeeds("unshare", "-Ur", "-m", "true") ? null : "This machine lets its users have no namespaces.",
        Need.Mdevctl => LacksTool("mdevctl"),
        Need.Tshark => Lacks("/usr/bin/tshark"),
        Need.SystemdAnalyze => Lacks("/usr/bin/systemd-analyze"),
        Need.Compiler => Lacks("/usr/bin/cc"),
        Need.Browser => LacksTool("chromium"),
        Need.VncClient => LacksTool("gvnccapture"),
        _ => throw new ArgumentOutOfRangeException(nameof(need)),
    };

    private static string? Lacks(string program) => File.Exists(program) ? null : $"There is no {program} on this machine.";

    private static string? LacksTool(string name) =>
        Succeeds(Repository.PathOf("lab/tool"), "--command", name) ? null : $"There is no {name} on this machine; lab/setup fetches it.";

    private static bool Succeeds(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
