using Mdev.Sdk.Testing;
using Mdev.Sdk.Testing.Captures;
using Mtty.Tests;

namespace Mdev.Tool.Tests.Observation;

/// <summary><c>trace</c> on the sample's process: live, into a file, and from a file.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public TraceTests()
    {
        _workplace.StartHost();
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-2", "-u", Workplace.One);
    }

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void Accesses_are_followed_by_register_name_until_an_interrupt()
    {
        using RunningProcess trace = Start("trace", Workplace.One);
        using (VfioUserClient client = Connect())
        {
            client.WriteRegion(0, 3, 0x83);
            client.ReadRegion(0, 5, 1);
            client.ReadRegion(7, 0, 4);
            client.Reset();
        }
        trace.WaitFor("reset by the client\n");
        trace.Signal(Libc.SIGINT);
        Ran ran = trace.WaitForExit();
        Assert.Equal(0, ran.Status);
        Assert.Equal(
            [
                "BAR0+3 LCR  <- 0x83 (Format = 0x3, Break = false, DivisorLatch = true)", "BAR0+5 LSR  -> 0x60",
                "CONFIG+0 Vendor ID -> 0x32534348", "reset by the client",
            ],
            Lines(ran.Output));
    }

    [Fact]
    public void Several_follow_one_device_each_with_a_filter_of_its_own()
    {
        using RunningProcess byRegion = Start("trace", Workplace.One, "--region", "bar1"), byRegister = Start("trace", Workplace.One, "--register", "MCR");
        using (VfioUserClient client = Connect())
        {
            client.WriteRegion(0, 7, 1);
            client.WriteRegion(1, 7, 2);
            client.WriteRegion(0, 4, 3);
            client.WriteRegion(1, 4, 4);
        }
        byRegion.WaitFor("BAR1+4 MCR");
        byRegister.WaitFor("BAR1+4 MCR");
        Assert.Equal(["BAR1+7 SCR  <- 0x02", "BAR1+4 MCR  <- 0x04"], Lines(byRegion.Output));
        Assert.Equal(["BAR0+4 MCR  <- 0x03", "BAR1+4 MCR  <- 0x04"], Lines(byRegister.Output));
    }

    [Fact]
    public void A_trace_ends_with_its_device()
    {
        using RunningProcess trace = Start("trace", Workplace.One);
        _workplace.Succeed("stop", "-u", Workplace.One);
        Assert.Equal(0, trace.WaitForExit().Status);
    }

    [Fact]
    public void A_recording_is_replayed_to_another_device()
    {
        string file = Record(client =>
        {
            client.WriteRegion(0, 3, 0x80);
            client.WriteRegion(0, 0, 0x0c);
            client.ReadRegion(0, 0, 1);
            client.WriteRegion(0, 3, 0x03);
            client.WriteRegion(1, 7, 0x5a);
            client.ReadRegion(1, 7, 1);
        });
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-2", "-u", Workplace.Two);
        Ran same = _workplace.Run("trace", "--replay", file, Workplace.Two);
        Assert.Equal((0, "", "dotnet-mdev: 7 accesses replayed, 0 answered otherwise\n"), (same.Status, same.Output, same.Error));

        // With one port, the second one's registers are not there.
        _workplace.Succeed("stop", "-u", Workplace.Two);
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.Two);
        Ran other = _workplace.Run("trace", "--replay", file, "--socket", _workplace.SocketOf(Workplace.Two));
        Assert.Equal((1, "dotnet-mdev: 7 accesses replayed, 2 answered otherwise\n"), (other.Status, other.Error));
        Assert.Contains("read of region 1 +0x7 gave EINVAL, recorded 5a (recorded: BAR1+7 SCR  -> 0x5a)\n", other.Output, StringComparison.Ordinal);

        Ran first = _workplace.Run("trace", "--replay", file, Workplace.Two, "--first");
        Assert.Equal(1, first.Status);
        Assert.Single(first.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_recording_is_whole_packets_also_where_the_recorder_is_killed()
    {
        string file = _workplace["killed.pcapng"];
        using RunningProcess trace = Start("trace", Workplace.One, "--pcapng", file);
        using (VfioUserClient client = Connect())
            client.ReadRegion(0, 5, 1);
        Eventually.True(() => CaptureFile.Read(file).Packets.Count == 2);
        trace.Signal(Libc.SIGKILL);
        trace.WaitForExit();
        Assert.Equal(["BAR0+5 LSR  -> 0x60"], CaptureFile.Read(file).Packets[1].Comments);
    }

    [Fact]
    public void A_recording_may_go_to_standard_output()
    {
        using RunningProcess trace = Start("trace", Workplace.One, "--pcapng", "-");
        using (VfioUserClient client = Connect())
            client.ReadRegion(0, 5, 1);
        trace.WaitFor("BAR0+5 LSR  -> 0x60");
        trace.Signal(Libc.SIGTERM);
        Assert.Contains("1 accesses recorded", trace.WaitForExit().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_replayed_is_refused_in_one_line()
    {
        string nonsense = _workplace["nonsense"];
        File.WriteAllText(nonsense, "This is no recording of anything.");
        Assert.Contains("is not a pcapng file", _workplace.Refuse(1, "trace", "--replay", nonsense, Workplace.One), StringComparison.Ordinal);
        Assert.Contains("ENOENT", _workplace.Refuse(1, "trace", "--replay", _workplace["none"], Workplace.One), StringComparison.Ordinal);

        string file = Record(client => client.ReadRegion(0, 5, 1));
        Assert.Contains("ENODEV", _workplace.Refuse(1, "trace", "--replay", file, Workplace.Two), StringComparison.Ordinal);
        Assert.Contains("cannot be reached", _workplace.Refuse(1, "trace", "--replay", file, "--socket", _workplace["none.sock"]), StringComparison.Ordinal);
        using VfioUserClient busy = Connect();
        Assert.Contains("EBUSY", _workplace.Refuse(1, "trace", "--replay", file, Workplace.One), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_do_not_go_together_are_refused()
    {
        _workplace.Refuse(2, "trace");
        _workplace.Refuse(2, "trace", Workplace.One, "--first");
        _workplace.Refuse(2, "trace", Workplace.One, "--replay", "f", "--pcapng", "g");
        _workplace.Refuse(2, "trace", Workplace.One, "--replay", "f", "--socket", "s");
    }

    private VfioUserClient Connect() => VfioUserClient.Connect(_workplace.SocketOf(Workplace.One), retryFor: TimeSpan.FromSeconds(5));

    // The tool, when nothing that happens later is missed.
    private RunningProcess Start(params string[] arguments)
    {
        RunningProcess trace = _workplace.Start(arguments);
        Eventually.True(() => trace.Error.Contains("interrupt to end", StringComparison.Ordinal), () => trace.Error);
        return trace;
    }

    private string Record(Action<VfioUserClient> play)
    {
        string file = _workplace["recording.pcapng"];
        using RunningProcess trace = Start("trace", Workplace.One, "--pcapng", file);
        using (VfioUserClient client = Connect())
        {
            play(client);

            // What the device has answered, the trace has seen, and the tool is about to.
            client.ReadRegion(7, 0xff, 1);
        }
        Eventually.True(() => CaptureFile.Read(file).Packets.Any(p => p.Comments is [var comment, ..] && comment.StartsWith("CONFIG+ff", StringComparison.Ordinal)));
        trace.Signal(Libc.SIGINT);
        Ran ran = trace.WaitForExit();
        Assert.Equal(0, ran.Status);
        int accesses = CaptureFile.Read(file).Packets.Count / 2;
        Assert.Contains($"{accesses} accesses recorded", ran.Error, StringComparison.Ordinal);
        return file;
    }

    private static string[] Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])];
}
