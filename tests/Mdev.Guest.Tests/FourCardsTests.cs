namespace Mdev.Guest.Tests;

/// <summary>A machine full of cards, and one more that comes and goes while they are used.</summary>
public sealed class FourCardsTests
{
    private const int Times = 10;

    [LabFact]
    public void Four_cards_work_at_once_and_go_on_while_a_fifth_without_MSI_X_is_plugged_and_unplugged_10_times()
    {
        // Two cards of one process, and three processes more.
        using CardHost serial = CardHost.Serial();
        string fixedCard = serial.Create("mtty-2"), pluggedCard = serial.Create("mtty-2");
        using Card edu = Card.FromDataSheet("edu", "edu-1");
        using Card shared = Card.FromDataSheet("shared", "shared-1");
        using Card exerciser = Card.FromDataSheet("exerciser", "exerciser-1");
        using var place = new Place();
        using Guest guest = Guest.StartBehindPort(
            exerciser, Paths.Lab("scripts/four-cards"),
            [
                "--socket", fixedCard, "--socket", edu.Socket, "--socket", shared.Socket, "--timeout", "600", "--qmp", place.Of("qmp"),
                // Memory that the kernel leaves alone, for the educational device's DMA.
                "--append", "memmap=4M$0x0c000000",
                // The slot is PCI Express's own, not ACPI's; and keeps I/O ports free for what will come.
                "--qemu-arg", "-global", "--qemu-arg", "ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off",
                "--qemu-arg", "-device", "--qemu-arg", "pcie-root-port,id=vacant,chassis=2,slot=2,io-reserve=4096",
            ]);
        using QemuMonitor qemu = QemuMonitor.Connect(place.Of("qmp"));

        Holdings? without = null;
        for (int n = 1; n <= Times; n++)
        {
            guest.WaitFor($"plug {n}\n");
            without ??= serial.Holdings;
            qemu.Execute("device_add",
                $$$"""{"driver":"vfio-user-pci","id":"plugged","bus":"vacant","socket":{"type":"unix","path":"{{{pluggedCard}}}"}}""");

            // In the middle of its work with all five, in the first and longest of the rounds.
            if (n == 1)
            {
                Eventually.Is(() => Count(serial.Log, "client connected") == 2, () => "The card that was plugged has no client.");
                Thread.Sleep(1000);
                guest.StandStill(TimeSpan.FromSeconds(3));
            }

            guest.WaitFor($"unplug {n}\n");
            Assert.True(serial.Holdings.GuestMemory > without.GuestMemory, "The card that was plugged has no guest memory.");
            qemu.Execute("device_del", """{"id":"plugged"}""");
            qemu.WaitFor("DEVICE_DELETED");
            Eventually.Is(
                () => serial.Holdings.IsWithin(without), () => $"After {n} times the process has {serial.Holdings}, and had {without}.");
        }

        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        Assert.Equal(4 + Times + 1, guest.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));
        Assert.Equal(Times + 1, Count(serial.Log, "client connected"));
        foreach (string log in (string[])[edu.Log, shared.Log, exerciser.Log])
            Assert.Equal(1, Count(log, "client connected"));
        Assert.DoesNotContain("warn", serial.Log + shared.Log, StringComparison.Ordinal);
    }

    private static int Count(string log, string text) => log.Split(text).Length - 1;
}
