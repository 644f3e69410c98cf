using System.Text.Json;
using Mdev.Sdk.Testing;
using Mtty.Tests;

namespace Mdev.Tool.Tests.Observation;

/// <summary><c>inspect</c> on the sample's process.</summary>
public sealed class InspectTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public InspectTests()
    {
        _workplace.StartHost();
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-2", "-u", Workplace.One);
    }

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void A_device_is_shown_with_all_that_there_is_to_say_of_it()
    {
        using var client = VfioUserClient.Connect(_workplace.SocketOf(Workplace.One));
        using var memory = new SharedMemory(0x2000);
        using var pin = new EventFd();
        client.MapDma(0x10_0000, 0x2000, memory);
        client.ArmIrqs(0, pin);
        client.WriteRegion(0, 3, 0x83);
        client.WriteRegion(0, 3, 0x03);
        client.WriteRegion(0, 1, 0x02);
        client.WriteRegion(7, 4, 7, 0);

        string[][] rows = Rows(_workplace.Succeed("inspect", Workplace.One));
        Assert.Contains(["Type", "mtty-2 (Dual port serial)"], rows);
        Assert.Contains(rows, r => r is ["Client", var who] && who.StartsWith($"process {Environment.ProcessId} (", StringComparison.Ordinal));
        Assert.Contains(["Device", "4348:3253 (rev 10), subsystem 4348:3253"], rows);
        Assert.Contains(rows, r => r is ["Control", var flags] && flags.StartsWith("I/O+ Mem+ BusMaster+ SpecCycle-", StringComparison.Ordinal));
        Assert.Contains(["BAR0", "0x1", "IER", "0x02", "ReceivedData = false, TransmitterEmpty = true, LineStatus = false, ModemStatus = false"], rows);
        Assert.Contains(["BAR0", "0x5", "LSR", "0x60"], rows);
        Assert.Contains(["BAR0", "0x0", "RBR", "not looked at"], rows);
        Assert.Contains(rows, r => r is ["BAR0", "8 B", "rw-", "I/O ports", "0", "3"]);
        Assert.Contains(["INTx", "1", "0", "0", "1"], rows);
        Assert.Contains(["0x100000", "0x101fff", "8 KiB", "rw", "shared, file offset 0x0"], rows);
        Assert.Contains(["Clients so far", "1"], rows);
        Assert.Contains(rows, r => r is ["000", var bytes] && bytes.StartsWith("48 43 53 32 07 00", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_is_for_programs()
    {
        using JsonDocument json = JsonDocument.Parse(_workplace.Succeed("inspect", Workplace.One, "--json"));
        JsonElement device = json.RootElement.GetProperty("device");
        Assert.Equal("mtty-2", json.RootElement.GetProperty("instance").GetProperty("type").GetString());
        Assert.Equal("0x4348", device.GetProperty("pci").GetProperty("vendor").GetString());
        Assert.StartsWith("48435332", device.GetProperty("pci").GetProperty("config").GetString(), StringComparison.Ordinal);
        JsonElement line = device.GetProperty("regions")[0].GetProperty("registers").EnumerateArray().Single(r => r.GetProperty("name").GetString() == "LCR");
        Assert.Equal("0x0", line.GetProperty("value").GetString());
        Assert.Equal("Format", line.GetProperty("fields")[0].GetProperty("name").GetString());
        Assert.False(device.TryGetProperty("client", out _));
    }

    [Fact]
    public void One_region_may_be_asked_for()
    {
        string text = _workplace.Succeed("inspect", Workplace.One, "--region", "bar1");
        Assert.Contains(Rows(text), r => r is ["BAR1", "0x7", "SCR", ..]);
        Assert.DoesNotContain(Rows(text), r => r is ["BAR0", "0x7", "SCR", ..]);
        Assert.Contains("EINVAL", _workplace.Refuse(1, "inspect", Workplace.One, "--region", "bar4"), StringComparison.Ordinal);
        Assert.Contains("'bar9' is no region", _workplace.Refuse(2, "inspect", Workplace.One, "--region", "bar9"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_watch_tells_what_changes_and_ends_by_an_interrupt()
    {
        using var client = VfioUserClient.Connect(_workplace.SocketOf(Workplace.One));
        using RunningProcess watch = _workplace.Start("inspect", Workplace.One, "--watch");
        watch.WaitFor("SCR        0x00");
        client.WriteRegion(0, 7, 0x5a);
        watch.WaitFor("Registers: BAR0 0x7 SCR Value: 0x00 -> 0x5a");
        watch.Signal(Libc.SIGINT);
        Assert.Equal(0, watch.WaitForExit().Status);
    }

    [Fact]
    public void A_device_that_is_not_there_is_said_to_be_not_active()
    {
        Assert.Contains("ENODEV", _workplace.Refuse(1, "inspect", Workplace.Two), StringComparison.Ordinal);
        Assert.Contains("UUID", _workplace.Refuse(2, "inspect", "nonsense"), StringComparison.Ordinal);
    }

    // Cells that are not empty; two spaces lie between them.
    private static string[][] Rows(string text) =>
        [.. text.Split('\n').Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
