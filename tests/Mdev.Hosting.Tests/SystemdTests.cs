using System.Diagnostics;
using System.Net.Sockets;
using Mdev.Sdk.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Mdev.Hosting.Tests;

/// <summary>The test plays systemd: its notify socket, its watchdog, its sockets. Sources: sd_notify(3), sd_listen_fds(3).</summary>
public sealed class SystemdTests : IDisposable
{
    private const string Other = "83b8f4f2-509f-382f-3c1e-000000000002";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_hosted_program_tells_when_it_is_ready_how_many_it_serves_and_when_it_stops()
    {
        using var systemd = new NotifySocket(_folder["notify"]);
        using HostedProcess clock = StartClock(("NOTIFY_SOCKET", systemd.Path));
        Assert.Equal(["READY=1", "STATUS=1 parent, 1 instance, no client"], systemd.Receive());

        using (VfioUserClient client = VfioUserClient.Connect(_folder[SampleTests.Uuid + ".sock"]))
            systemd.Await("STATUS=1 parent, 1 instance, 1 client");
        systemd.Await("STATUS=1 parent, 1 instance, no client");
        clock.Signal(Libc.SIGTERM);
        systemd.Await("STOPPING=1");
        Assert.Equal(0, clock.WaitForExit());
    }

    [Fact]
    public void The_watchdog_hears_of_a_living_program_more_than_once_in_half_its_time()
    {
        using var systemd = new NotifySocket(_folder["notify"]);
        using HostedProcess clock = StartClock(("NOTIFY_SOCKET", systemd.Path), ("WATCHDOG_USEC", "1000000"));
        systemd.Await("READY=1");
        for (int i = 0; i < 3; i++)
            systemd.Await("WATCHDOG=1");
        clock.Terminate();
    }

    [Fact]
    public void The_watchdog_of_another_process_hears_nothing()
    {
        using var systemd = new NotifySocket(_folder["notify"]);
        using HostedProcess clock = StartClock(("NOTIFY_SOCKET", systemd.Path), ("WATCHDOG_USEC", "200000"), ("WATCHDOG_PID", "1"));
        systemd.Await("READY=1");
        Assert.True(systemd.IsSilentFor(TimeSpan.FromSeconds(0.5)));
        clock.Terminate();
    }

    [Fact]
    public async Task The_watchdog_hears_nothing_while_a_devices_code_does_not_return()
    {
        using var systemd = new NotifySocket(_folder["notify"]);
        using var variables = new Variables(("NOTIFY_SOCKET", systemd.Path), ("WATCHDOG_USEC", "400000"));
        await using var host = new RunningHost(
            ("Mdev:Parents:lamp0:Devices:0:Uuid", RunningHost.Uuid), ("Mdev:Parents:lamp0:Devices:0:Type", "lamp-1"));
        host.Services.AddMdev().AddParent<LampParent>("lamp0");
        await host.StartAsync();
        systemd.Await("WATCHDOG=1");

        Supply supply = host.Provider.GetRequiredService<Supply>();
        supply.Open.Reset();
        using (VfioUserClient client = VfioUserClient.Connect(host.Mdev.SocketOf(Guid.Parse(RunningHost.Uuid))!))
        {
            client.PostWriteRegion(0, 0xc, 1, 0, 0, 0);
            await Eventually.Async(() => host.Log.Lines.Any(line => line.StartsWith("Critical: ", StringComparison.Ordinal)));
            systemd.Drain();
            Assert.True(systemd.IsSilentFor(TimeSpan.FromSeconds(1)));
        }
        supply.Open.Set();
        systemd.Await("WATCHDOG=1");
    }

    [Fact]
    public void Several_sockets_are_several_devices_by_type_and_by_uuid()
    {
        using Socket byType = Listen("a"), byUuid = Listen("b");
        using HostedProcess mtty = StartWith([byType, byUuid], $"mtty-2:{RunningHost.Uuid}", "Mtty", Environment());
        using (VfioUserClient two = VfioUserClient.Connect(_folder["a"]), one = VfioUserClient.Connect(_folder["b"]))
        {
            Assert.Equal(8ul, two.GetRegionInfo(1).Size);
            Assert.Equal(0ul, one.GetRegionInfo(1).Size);
        }
        mtty.Terminate();
        Assert.Equal(2, mtty.Output.Count(line => line.StartsWith("ready ", StringComparison.Ordinal)));
        Assert.Contains($"ready {RunningHost.Uuid} mtty-1 {_folder["b"]}", mtty.Output);
    }

    [Fact]
    public void One_socket_says_what_is_served_there_and_an_option_says_it_louder()
    {
        using Socket listener = Listen("a");
        using (HostedProcess mtty = StartWith([listener], "mtty-2", "Mtty", Environment()))
        {
            using (VfioUserClient client = VfioUserClient.Connect(_folder["a"]))
                Assert.Equal(8ul, client.GetRegionInfo(1).Size);
            mtty.Terminate();
        }
        using (HostedProcess mtty = StartWith([listener], "mtty-2", "Mtty", Environment(), "--type", "mtty-1"))
        {
            using (VfioUserClient client = VfioUserClient.Connect(_folder["a"]))
                Assert.Equal(0ul, client.GetRegionInfo(1).Size);
            mtty.Terminate();
        }
    }

    [Fact]
    public void Sockets_that_do_not_say_what_is_served_there_are_one_line()
    {
        using Socket one = Listen("a"), other = Listen("b");
        using HostedProcess mtty = StartWith([one, other], "mtty.socket:mtty-1", "Mtty", Environment());
        Assert.Equal(1, mtty.WaitForExit());
        Assert.Contains("'mtty.socket'; FileDescriptorName= of its unit must be", Assert.Single(mtty.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hosted_program_serves_its_configured_device_on_the_socket_named_after_it()
    {
        using Socket configured = Listen("a"), another = Listen("b");
        using HostedProcess clock = StartWith([configured, another], $"{SampleTests.Uuid}:clock-tai", "Hosted", Environment());
        using (VfioUserClient utc = Connect("a"), tai = Connect("b"))
            Assert.InRange(BitConverter.ToUInt32(tai.ReadRegion(0, 0, 4)) - BitConverter.ToUInt32(utc.ReadRegion(0, 0, 4)), 37u, 57u);
        clock.Terminate();
    }

    [Fact]
    public void A_hosted_program_that_gets_a_socket_for_nobody_does_not_start()
    {
        using Socket one = Listen("a");
        using HostedProcess clock = StartWith([one], Other, "Hosted", Environment());
        Assert.NotEqual(0, clock.WaitForExit());
        Assert.Contains(clock.Output, line => line.Contains($"systemd passed a socket for the device {Other}", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.control"));
    }

    [NeedsTheory(Need.SystemdAnalyze)]
    [InlineData("samples/Mtty", "mtty.service", "mtty.socket")]
    [InlineData("samples/Hosted", "clock.service")]
    public void The_samples_units_are_in_order(string folder, params string[] units)
    {
        // As installed, but for the program, which is not where the unit says.
        foreach (string unit in units)
        {
            string text = File.ReadAllText(Path.Combine(Repository.PathOf(folder), unit));
            File.WriteAllText(_folder[unit], System.Text.RegularExpressions.Regex.Replace(text, "ExecStart=.*", "ExecStart=/bin/true"));
        }
        using Process verify = Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", .. units.Select(unit => _folder[unit])])
        {
            RedirectStandardError = true,
        })!;
        string said = verify.StandardError.ReadToEnd();
        verify.WaitForExit();
        Assert.Equal((0, ""), (verify.ExitCode, string.Join('\n', said.Split('\n').Where(line => units.Any(line.Contains)))));
    }

    private VfioUserClient Connect(string name) => VfioUserClient.Connect(_folder[name]);

    private HostedProcess StartClock(params (string Key, string Value)[] environment) =>
        HostedProcess.Start("Hosted", Environment(environment));

    private Dictionary<string, string> Environment(params (string Key, string Value)[] more)
    {
        var environment = new Dictionary<string, string>
        {
            ["MDEV_RUNTIME_DIR"] = _folder.Path,
            ["MDEV_CONFIG_DIR"] = _folder["definitions"],
            ["Mdev__Tree"] = "Off",
        };
        foreach ((string key, string value) in more)
            environment[key] = value;
        return environment;
    }

    private Socket Listen(string name)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_folder[name]));
        listener.Listen();
        return listener;
    }

    // The child gets copies that are not close-on-exec, and puts them where systemd does: from 3 on.
    private static HostedProcess StartWith(
        Socket[] sockets, string names, string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        const int HighUp = 100;
        int[] copies = [.. sockets.Select(socket => Libc.fcntl((int)socket.Handle, Libc.F_DUPFD, HighUp))];
        string moves = string.Join(' ', copies.Select((copy, i) => $"{3 + i}<&{copy} {copy}<&-"));
        try
        {
            return HostedProcess.StartByShell(
                $"exec {moves}; LISTEN_PID=$$ LISTEN_FDS={copies.Length} LISTEN_FDNAMES={names} exec \"$@\"", program, environment, arguments);
        }
        finally
        {
            foreach (int copy in copies)
                _ = Libc.close(copy);
        }
    }

    /// <summary>Variables of this process' environment, as long as a test needs them.</summary>
    private sealed class Variables : IDisposable
    {
        private readonly string[] _names;

        public Variables(params (string Name, string Value)[] values)
        {
            _names = [.. values.Select(v => v.Name)];
            foreach ((string name, string value) in values)
                System.Environment.SetEnvironmentVariable(name, value);
        }

        public void Dispose()
        {
            foreach (string name in _names)
                System.Environment.SetEnvironmentVariable(name, null);
        }
    }
}
