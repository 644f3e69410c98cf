using System.Text.Json;
using Mtty.Tests;

namespace Mdev.Tool.Tests.Verbs;

/// <summary><c>events</c>.</summary>
public sealed class EventsTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void What_happens_is_printed_in_its_order()
    {
        _workplace.StartHost();
        using RunningProcess events = _workplace.Start("events");
        events.WaitFor("listening mtty");
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        _workplace.Succeed("stop", "-u", Workplace.One);
        events.WaitFor("instance-removed");
        events.Signal(Libc.SIGINT);
        Assert.Equal((130, ""), (events.WaitForExit().Status, events.Error));
        Assert.Equal(
            ["listening mtty", $"instance-added mtty {Workplace.One} mtty-1", $"instance-removing mtty {Workplace.One} mtty-1", $"instance-removed mtty {Workplace.One} mtty-1"],
            events.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
    }

    [Fact]
    public void As_json_each_is_an_object_on_a_line()
    {
        _workplace.StartHost();
        using RunningProcess events = _workplace.Start("events", "--dumpjson", "-p", "mtty");
        events.WaitFor("listening");
        JsonElement first = JsonDocument.Parse(events.Output).RootElement;
        Assert.Equal(("listening", "mtty"), (first.GetProperty("event").GetString(), first.GetProperty("parent").GetString()));
        Assert.True(first.GetProperty("time").GetDateTimeOffset() > DateTimeOffset.UtcNow - TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void Other_parents_are_left_out_on_request()
    {
        _workplace.StartHost();
        _workplace.StartMatrixHost();
        using RunningProcess events = _workplace.Start("events", "-p", "vfio_ap");
        events.WaitFor("listening vfio_ap");
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        _workplace.Succeed("start", "-p", "vfio_ap", "-t", "vfio_ap-passthrough", "-u", Workplace.Two);
        _workplace.Succeed("modify", "-u", Workplace.Two, "--live", "--addattr", "assign_adapter", "--value", "3");
        events.WaitFor($"attributes-changed vfio_ap {Workplace.Two}");
        Assert.DoesNotContain("mtty", events.Output, StringComparison.Ordinal);
    }
}
