using System.Net;
using System.Net.Sockets;
using Mdev.Devices;
using Mdev.Devices.Tests.Rfb;
using Microsoft.Extensions.DependencyInjection;

namespace Mdev.Hosting.Tests;

/// <summary>The option --vnc of a host program, and the same in the configuration of a program with a container.</summary>
public sealed class VncTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_screen_is_shown_where_standard_error_says()
    {
        int display = FreeDisplay();
        using HostedProcess panel = Start("panel", "--uuid", RunningHost.Uuid, "--vnc", $":{display}");
        await Eventually.Async(() => panel.Ready.Length == 1 && panel.Output.Contains($"{RunningHost.Uuid}: vnc 127.0.0.1:{5900 + display}"));
        using RfbClient viewer = RfbClient.Connect(At(display));
        Assert.Equal($"mdev {RunningHost.Uuid}", viewer.Name);
        viewer.Refresh();
        panel.Terminate();
    }

    [Fact]
    public async Task A_program_ends_though_viewers_look_and_do_not_read()
    {
        int display = FreeDisplay();
        using HostedProcess panel = Start("panel", "--vnc", $":{display}");
        await Eventually.Async(() => panel.Ready.Length == 1);
        RfbClient[] viewers = [.. Enumerable.Range(0, 20).Select(_ => RfbClient.Connect(At(display)))];
        using var silent = new RfbClient(At(display));
        for (int round = 0; round < 50; round++)
            Array.ForEach(viewers, viewer => viewer.Request(incremental: round % 2 == 1));
        panel.Terminate();
        Array.ForEach(viewers, viewer => viewer.Dispose());
    }

    [Fact]
    public async Task Viewers_that_have_gone_leave_no_descriptor_and_no_thread()
    {
        int display = FreeDisplay();
        using HostedProcess panel = Start("panel", "--vnc", $":{display}");
        await Eventually.Async(() => panel.Ready.Length == 1);
        Look(display, 1);
        int descriptors = await Count(panel, "fd", atMost: int.MaxValue), threads = await Count(panel, "task", atMost: int.MaxValue);
        for (int round = 0; round < 4; round++)
            Look(display, 50);
        await Count(panel, "fd", descriptors);

        // The pool's, which are as many as are used at once, and end.
        await Count(panel, "task", threads + 20);
        panel.Terminate();
    }

    [Fact]
    public async Task Each_instance_of_a_managed_parent_gets_the_next_free_port()
    {
        int display = FreeDisplay();
        Directory.CreateDirectory(Path.Combine(_folder["definitions"], "panel"));
        string[] uuids = [RunningHost.Uuid, RunningHost.Uuid[..^1] + "2"];
        foreach (string uuid in uuids)
        {
            File.WriteAllText(
                Path.Combine(_folder["definitions"], "panel", uuid), """{ "mdev_type": "panel-1", "start": "auto", "attrs": [] }""");
        }
        using HostedProcess panel = Start("panel", "--manage", "--vnc", $":{display}");
        await Eventually.Async(() => panel.Output.Count(line => line.Contains(": vnc ", StringComparison.Ordinal)) == 2);
        foreach (string line in panel.Output.Where(line => line.Contains(": vnc ", StringComparison.Ordinal)))
        {
            using RfbClient viewer = RfbClient.Connect(IPEndPoint.Parse(line.Split(' ')[2]));
            Assert.Equal($"mdev {line.Split(':')[0]}", viewer.Name);
        }
        Assert.Contains(panel.Output, line => line.EndsWith($": vnc 127.0.0.1:{5900 + display}", StringComparison.Ordinal));
        panel.Terminate();
    }

    [Theory]
    [InlineData("5900")]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":-1")]
    [InlineData(":1x")]
    [InlineData(": 1")]
    [InlineData(":59636")]
    [InlineData(":99999999999")]
    [InlineData("::1:0")]
    [InlineData("[]:0")]
    [InlineData("[127.0.0.1]:0")]
    [InlineData("[::1:0")]
    [InlineData("a b:0")]
    [InlineData("http://localhost:0")]
    public void What_is_no_display_is_a_wrong_option(string value)
    {
        using HostedProcess panel = Start("panel", "--vnc", value);
        Assert.Equal(2, panel.WaitForExit());
        Assert.Contains(
            $"--vnc takes :N or HOST:N, a display of 0 to 59635, not '{value}'.", Assert.Single(panel.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_taken_is_one_line_and_status_1()
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        int display = FreeDisplay();
        holder.Bind(At(display));
        holder.Listen();
        using HostedProcess panel = Start("panel", "--vnc", $":{display}");
        Assert.Equal(1, panel.WaitForExit());
        Assert.EndsWith(
            $"VNC cannot listen on 127.0.0.1:{5900 + display}: Address already in use", Assert.Single(panel.Output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-host.invalid:0", "VNC: there is no address of the name no-such-host.invalid.")]
    [InlineData("192.0.2.1:0", "VNC cannot listen on 192.0.2.1:5900: Cannot assign requested address")]
    public void An_address_that_this_machine_has_not_is_one_line_and_status_1(string value, string line)
    {
        using HostedProcess panel = Start("panel", "--vnc", value);
        Assert.Equal(1, panel.WaitForExit());
        Assert.EndsWith(line, Assert.Single(panel.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_others_reach_comes_with_a_password()
    {
        int display = FreeDisplay();
        using HostedProcess panel = Start("panel", "--vnc", $"0.0.0.0:{display}");
        string? told = null;
        await Eventually.Async(() => (told = panel.Output.FirstOrDefault(line => line.Contains(" password ", StringComparison.Ordinal))) is not null);
        using RfbClient viewer = RfbClient.Connect(At(display), password: told!.Split(" password ")[1]);
        viewer.Refresh();
        panel.Terminate();
    }

    [Fact]
    public void A_device_without_a_screen_is_refused()
    {
        using HostedProcess mtty = HostedProcess.Start(
            "Mtty", new Dictionary<string, string> { ["MDEV_RUNTIME_DIR"] = _folder.Path }, "--vnc", $":{FreeDisplay()}");
        Assert.Equal(1, mtty.WaitForExit());
        Assert.EndsWith("--vnc shows screens, and mtty-1 has none.", Assert.Single(mtty.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_with_a_container_listens_as_its_configuration_says_until_it_stops()
    {
        int display = FreeDisplay();
        await using var host = new RunningHost(("Mdev:Vnc", $":{display}"));
        host.Services.AddMdev().AddParent<LampParent>("lamp0");
        await host.StartAsync();

        // A lamp has no screen, so whoever comes is turned away.
        using (var viewer = new RfbClient(At(display)))
            Assert.True(viewer.IsEnded());
        await host.StopAsync();
        Assert.Throws<SocketException>(() => new RfbClient(At(display)));
    }

    [Fact]
    public async Task A_program_with_a_container_shows_its_devices_until_it_stops()
    {
        int display = FreeDisplay();
        await using var host = new RunningHost(
            ("Mdev:Vnc", $":{display}"), ("Mdev:Parents:panel0:Devices:0:Uuid", RunningHost.Uuid),
            ("Mdev:Parents:panel0:Devices:0:Type", "panel-1"));
        host.Services.AddMdev().AddParent<PanelParent>("panel0");
        await host.StartAsync();
        using RfbClient viewer = RfbClient.Connect(At(display));
        Assert.Equal($"mdev {RunningHost.Uuid}", viewer.Name);
        viewer.Refresh();
        await host.StopAsync();
        Assert.True(viewer.IsEnded());
    }

    private HostedProcess Start(string device, params string[] options) => HostedProcess.Start(
        "Mdev.Devices",
        new Dictionary<string, string> { ["MDEV_RUNTIME_DIR"] = _folder.Path, ["MDEV_CONFIG_DIR"] = _folder["definitions"] },
        [device, .. options]);

    private static void Look(int display, int count)
    {
        RfbClient[] viewers = [.. Enumerable.Range(0, count).Select(_ => RfbClient.Connect(At(display)).Encode(RfbClient.Zrle))];
        Array.ForEach(viewers, viewer => viewer.Refresh());
        Array.ForEach(viewers, viewer => viewer.Dispose());
    }

    private static async Task<int> Count(HostedProcess process, string folder, int atMost)
    {
        int count = 0;
        await Eventually.Async(() => (count = Directory.GetFileSystemEntries($"/proc/{process.Id}/{folder}").Length) <= atMost);
        return count;
    }

    private static IPEndPoint At(int display) => new(IPAddress.Loopback, 5900 + display);

    private static int FreeDisplay()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port - 5900;
    }
}
