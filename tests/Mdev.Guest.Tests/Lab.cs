using System.Diagnostics;

namespace Mdev.Guest.Tests;

/// <summary>Whether this machine has what a guest needs.</summary>
internal static class Lab
{
    public const string Missing = "There is no guest lab on this machine; lab/setup makes one.";

    private static readonly Lazy<bool> s_isReady = new(Check);

    public static bool IsReady => s_isReady.Value;

    private static bool Check()
    {
        // A missing browser is no reason to boot no guest.
        using Process check = Process.Start(new ProcessStartInfo(Paths.Lab("setup"), ["--check", "guest"]) { RedirectStandardOutput = true })!;
        check.WaitForExit();
        return check.ExitCode == 0;
    }
}
