using System.Diagnostics;

namespace Mdev.Tree.Tests.Tools;

/// <summary>
/// A test that runs an administrator's tool on a mounted tree. Where one of the two is missing it is skipped, but under CI it fails:
/// nobody would read the skip there.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> s_lacking = new(Lacking);

    public ToolFactAttribute(params Need[] needs) => Skip = FuseDevice.Lacking ?? s_lacking.Value ?? Needs.Missing(needs);

    private static string? Lacking()
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            return null;
        foreach (string tool in (string[])["mdevctl", "lspci", "setpci"])
        {
            using Process check = Process.Start(new ProcessStartInfo(Repository.PathOf("lab/tool"), ["--command", tool])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            check.WaitForExit();
            if (check.ExitCode != 0)
                return $"There is no {tool} on this machine; lab/setup fetches it.";
        }
        return null;
    }
}
