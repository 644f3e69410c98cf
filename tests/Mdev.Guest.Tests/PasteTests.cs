using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Mdev.Guest.Tests;

/// <summary>What <c>dotnet mdev qemu</c> prints, pasted behind QEMU's name: the words that a shell makes of it, and no others.</summary>
public sealed class PasteTests
{
    private const string Uuid = "8c1d7a3e-52f1-4c0e-9d55-3f6a0f4e9b22";

    [LabFact]
    public void What_is_printed_for_QEMU_attaches_the_card_and_shares_the_guests_memory_with_it()
    {
        using CardHost host = CardHost.Dice();
        host.Tool("start", "--uuid", Uuid, "--parent", "dice", "--type", "dice-d20");
        string[] words = WordsOf(host.Tool("qemu", Uuid));
        Assert.Equal(["-machine", "-m", "-object", "-device", "-device"], words.Where((_, index) => index % 2 == 0));

        // The guest's own memory is smaller and not shared: what the card sees of it later is the printed one.
        using Guest guest = Guest.StartWith(words, Paths.Lab("scripts/throw-until-loaded"), "--memory", "256", "--no-shared-memory");
        guest.WaitFor("a die of 20 sides is thrown");
        Assert.Contains("1234:00d6", guest.Output, StringComparison.Ordinal);
        string memory = Regex.Match(host.Tool("inspect", Uuid), @"^Guest memory\n(?:.+\n)+", RegexOptions.Multiline).Value;
        Assert.Matches(@"0x1fffffff .*shared, file offset", memory);

        host.Tool("modify", "--uuid", Uuid, "--live", "--addattr", "loaded", "--value", "1");
        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        Assert.Contains("the die is loaded", guest.Output, StringComparison.Ordinal);
    }

    private static string[] WordsOf(string printed)
    {
        // As docs/tool.md has it: eval "qemu-system-x86_64 … $(dotnet mdev qemu UUID)".
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", """eval "set -- $1"; printf '%s\0' "$@" """, "sh", printed.TrimEnd('\n')])
        {
            RedirectStandardOutput = true,
        })!;
        string said = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
        return said.Split('\0')[..^1];
    }
}
