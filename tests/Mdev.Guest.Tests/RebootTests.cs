using System.Globalization;
using System.Text.RegularExpressions;

namespace Mdev.Guest.Tests;

/// <summary>The machine is reset while the same client stays: QEMU resets its devices and lays its memory anew.</summary>
public sealed partial class RebootTests
{
    [LabFact]
    public void After_a_reset_of_the_machine_cards_are_as_new_and_reach_its_memory_again()
    {
        using Card exerciser = Card.FromDataSheet("exerciser", "exerciser-1");
        using Card edu = Card.FromDataSheet("edu", "edu-1");
        using var place = new Place();
        using Guest guest = Guest.StartBehindPort(
            exerciser, Paths.Lab("scripts/reboot"),
            ["--socket", edu.Socket, "--qmp", place.Of("qmp"), "--append", "memmap=4M$0x0c000000"]);
        using QemuMonitor qemu = QemuMonitor.Connect(place.Of("qmp"));
        guest.WaitFor("all well");

        // lab/boot has a guest that reboots end instead.
        qemu.Execute("set-action", """{"reboot":"reset"}""");
        qemu.Execute("system_reset");
        guest.WaitFor("all well", times: 2);
        qemu.Execute("quit");

        (string Scratch, int Resets)[] boots = [.. Registers().Matches(guest.Output).Select(Parse)];
        Assert.Equal(2, boots.Length);
        Assert.Equal("0x00000000", boots[0].Scratch);
        Assert.Equal("0x00000000", boots[1].Scratch);
        Assert.True(boots[1].Resets > boots[0].Resets, "The exerciser was not reset with the machine.");
        foreach (string log in (string[])[exerciser.Log, edu.Log])
            Assert.Single(log.Split('\n'), line => line.Contains("client connected", StringComparison.Ordinal));
    }

    private static (string Scratch, int Resets) Parse(Match match) =>
        (match.Groups[1].Value, int.Parse(match.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    [GeneratedRegex("scratch (0x[0-9A-F]+), resets 0x([0-9A-F]+)")]
    private static partial Regex Registers();
}
