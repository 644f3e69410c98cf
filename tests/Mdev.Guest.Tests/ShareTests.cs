using System.Diagnostics;

namespace Mdev.Guest.Tests;

/// <summary>What <c>lab/boot --share</c> refuses, before anything starts: one line, and the status of wrong usage.</summary>
public sealed class ShareTests
{
    [LabFact]
    public void A_folder_that_is_not_there_is_not_shared() =>
        Refused("'/nowhere' is not a readable folder", "--share", "/nowhere");

    [LabFact]
    public void A_link_that_leads_nowhere_is_named()
    {
        using var place = new Place();
        string link = place.Of("link");
        File.CreateSymbolicLink(link, "/nowhere");

        Refused($"cannot share {link}: a link that leads nowhere, or not readable", "--share", Path.GetDirectoryName(link)!);
    }

    [LabFact]
    public void A_guest_with_too_little_memory_for_the_folder_does_not_start()
    {
        using var programs = new GuestPrograms(Paths.Mtty);

        Refused("MiB takes --memory ", "--share", programs.Folder, "--memory", "128");
    }

    private static void Refused(string why, params string[] options)
    {
        var start = new ProcessStartInfo(Paths.Lab("boot"), options) { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process boot = Process.Start(start)!;
        string error = boot.StandardError.ReadToEnd();
        boot.WaitForExit();
        Assert.Equal(2, boot.ExitCode);
        Assert.StartsWith("lab/boot: ", error, StringComparison.Ordinal);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
