using System.Net.Sockets;
using System.Text.Json;
using Mdev.Sdk.Testing;

namespace Mtty.Tests;

/// <summary>Options, the ready line, signals and exit statuses of a host program.</summary>
public sealed class HostProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_types_are_listed_with_what_is_available()
    {
        using MttyProcess mtty = MttyProcess.Start("--list-types");
        Assert.Equal(0, mtty.WaitForExit());
        Assert.Equal(["mtty-1 24 vfio-pci Single port serial", "mtty-2 12 vfio-pci Dual port serial"], mtty.Output);
        Assert.Empty(mtty.ErrorLines);
    }

    [Fact]
    public void Ready_means_that_the_socket_accepts()
    {
        using MttyProcess mtty = MttyProcess.StartReady("--type", "mtty-2", "--socket-path", _folder.Socket);
        Assert.Equal(3, mtty.Ready.Length);
        Assert.True(Guid.TryParseExact(mtty.Uuid, "D", out Guid uuid) && uuid != Guid.Empty);
        Assert.Equal(("mtty-2", _folder.Socket), (mtty.Type, mtty.Socket));

        using (VfioUserClient client = mtty.Connect())
            Assert.Equal(new VfioDeviceInfo(3, 9, 5), client.GetDeviceInfo());
        mtty.Terminate();
        Assert.Single(mtty.Output);
    }

    [Fact]
    public void Without_options_the_first_type_is_served_below_the_runtime_directory()
    {
        using MttyProcess mtty = MttyProcess.WaitUntilReady(MttyProcess.StartIn(_folder.Path));
        Assert.Equal("mtty-1", mtty.Type);
        Assert.Equal(_folder.Path, Path.GetDirectoryName(mtty.Socket));
        using (VfioUserClient client = mtty.Connect())
            Assert.Equal(8ul, client.GetRegionInfo(0).Size);
        Assert.Contains("share=on", mtty.Error, StringComparison.Ordinal);
        Assert.Contains(mtty.Socket, mtty.Error, StringComparison.Ordinal);
        mtty.Terminate();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10000")]
    public void How_long_to_poll_can_be_said(string microseconds)
    {
        using MttyProcess mtty = MttyProcess.StartReady("--poll", microseconds, "--socket-path", _folder.Socket);
        using (VfioUserClient client = mtty.Connect())
            Assert.Equal(new byte[] { 0x60 }, client.ReadRegion(0, 5, 1));
        mtty.Terminate();
    }

    [Fact]
    public void A_trace_shows_registers_and_their_fields_by_name()
    {
        using MttyProcess mtty = MttyProcess.StartReady("--trace", "--socket-path", _folder.Socket);
        using (VfioUserClient client = mtty.Connect())
        {
            client.WriteRegion(0, 3, [0x83]);
            client.ReadRegion(0, 5, 1);
        }
        mtty.Terminate();
        Assert.Contains("BAR0+3 LCR  <- 0x83 (Format = 0x3, Break = false, DivisorLatch = true)", mtty.ErrorLines);
        Assert.Contains("BAR0+5 LSR  -> 0x60", mtty.ErrorLines);
    }

    [Theory]
    [InlineData("83b8f4f2-509f-382f-3c1e-000000000001")]
    [InlineData("83B8F4F2-509F-382F-3C1E-000000000001")]
    public void The_uuid_is_the_one_asked_for(string uuid)
    {
        using MttyProcess mtty = MttyProcess.StartReady("--uuid", uuid, "--socket-path", _folder.Socket);
        Assert.Equal("83b8f4f2-509f-382f-3c1e-000000000001", mtty.Uuid);
        mtty.Terminate();
    }

    [Theory]
    [InlineData("--no-such-option")]
    [InlineData("stray")]
    [InlineData("--type")]
    [InlineData("--type", "mtty-3")]
    [InlineData("--type", "")]
    [InlineData("--uuid", "no-uuid")]
    [InlineData("--uuid", "{83b8f4f2-509f-382f-3c1e-000000000001}")]
    [InlineData("--fd", "three")]
    [InlineData("--poll", "-1")]
    [InlineData("--poll", "10001")]
    [InlineData("--poll", "often")]
    [InlineData("--fd", "7", "--socket-path", "/nowhere/s")]
    [InlineData("--manage", "--type", "mtty-1")]
    [InlineData("--export")]
    [InlineData("--export", "html")]
    [InlineData("--export", "svd", "--manage")]
    [InlineData("--export", "svd", "--type", "mtty-3")]
    public void A_wrong_option_is_one_line_and_status_2(params string[] arguments)
    {
        using MttyProcess mtty = MttyProcess.Start(arguments);
        Assert.Equal(2, mtty.WaitForExit());
        Assert.Single(mtty.ErrorLines);
        Assert.Empty(mtty.Output);
    }

    [Fact]
    public void An_unknown_type_is_answered_with_the_known_ones()
    {
        using MttyProcess mtty = MttyProcess.Start("--type", "mtty-3", "--socket-path", _folder.Socket);
        Assert.Equal(2, mtty.WaitForExit());
        Assert.Contains("mtty-3", mtty.Error, StringComparison.Ordinal);
        Assert.Contains("mtty-1, mtty-2", mtty.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_path_of_a_live_process_is_refused()
    {
        using MttyProcess first = MttyProcess.StartReady("--socket-path", _folder.Socket);
        using (MttyProcess second = MttyProcess.Start("--socket-path", _folder.Socket))
        {
            Assert.NotEqual(0, second.WaitForExit());
            Assert.Contains(_folder.Socket, Assert.Single(second.ErrorLines), StringComparison.Ordinal);
            Assert.Empty(second.Output);
        }

        using (VfioUserClient client = first.Connect())
            Assert.Equal(8ul, client.GetRegionInfo(0).Size);
        first.Terminate();
    }

    [Fact]
    public void A_socket_path_of_a_live_process_that_serves_a_client_is_refused()
    {
        using MttyProcess first = MttyProcess.StartReady("--socket-path", _folder.Socket);
        using (VfioUserClient client = first.Connect())
        {
            using MttyProcess second = MttyProcess.Start("--socket-path", _folder.Socket);
            Assert.NotEqual(0, second.WaitForExit());
            Assert.Equal(8ul, client.GetRegionInfo(0).Size);
        }
        first.Terminate();
    }

    [Fact]
    public void A_socket_that_a_killed_process_has_left_is_replaced()
    {
        using (MttyProcess killed = MttyProcess.StartReady("--socket-path", _folder.Socket))
        {
            killed.Signal(Libc.SIGKILL);
            killed.WaitForExit();
        }
        Assert.True(File.Exists(_folder.Socket));

        using MttyProcess mtty = MttyProcess.StartReady("--socket-path", _folder.Socket);
        using (VfioUserClient client = mtty.Connect())
            Assert.Equal(8ul, client.GetRegionInfo(0).Size);
        mtty.Terminate();
    }

    [Fact]
    public void A_file_that_is_no_socket_is_not_replaced()
    {
        File.WriteAllText(_folder.Socket, "precious");
        using MttyProcess mtty = MttyProcess.Start("--socket-path", _folder.Socket);
        Assert.NotEqual(0, mtty.WaitForExit());
        Assert.Contains(_folder.Socket, Assert.Single(mtty.ErrorLines), StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(_folder.Socket));
    }

    [Fact]
    public void A_socket_path_that_cannot_be_is_one_line()
    {
        string tooLong = _folder[new string('x', 120)];
        string nowhere = Path.Combine(_folder.Path, "no", "such", "folder");
        foreach (string path in (string[])[tooLong, nowhere])
        {
            using MttyProcess mtty = MttyProcess.Start("--socket-path", path);
            Assert.NotEqual(0, mtty.WaitForExit());
            Assert.Contains(path, Assert.Single(mtty.ErrorLines), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Libc.SIGTERM)]
    [InlineData(Libc.SIGINT)]
    public void A_signal_ends_it_with_status_0_and_the_socket_gone(int signal)
    {
        using MttyProcess mtty = MttyProcess.StartReady("--socket-path", _folder.Socket);
        mtty.Signal(signal);
        Assert.Equal(0, mtty.WaitForExit());
        Assert.False(File.Exists(_folder.Socket));
    }

    [Fact]
    public void A_signal_ends_it_while_a_client_is_served()
    {
        using MttyProcess mtty = MttyProcess.StartReady("--socket-path", _folder.Socket);
        using VfioUserClient client = mtty.Connect();
        Assert.Equal(8ul, client.GetRegionInfo(0).Size);
        mtty.Terminate();
        Assert.False(File.Exists(_folder.Socket));
        Assert.Throws<IOException>(() => client.GetDeviceInfo());
    }

    [Fact]
    public void A_listening_socket_can_be_handed_over()
    {
        using Socket listener = Listen();
        using MttyProcess mtty = StartWith(listener, descriptor => MttyProcess.Start("--fd", $"{descriptor}"));
        for (int i = 0; i < 2; i++)
        {
            using VfioUserClient client = VfioUserClient.Connect(_folder.Socket);
            Assert.Equal(8ul, client.GetRegionInfo(0).Size);
        }
        mtty.Terminate();
    }

    [Fact]
    public void A_connected_socket_can_be_handed_over_and_its_end_is_the_end()
    {
        using Socket listener = Listen();
        using var ours = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        ours.Connect(new UnixDomainSocketEndPoint(_folder.Socket));
        Socket theirs = listener.Accept();
        using MttyProcess mtty = StartWith(theirs, descriptor => MttyProcess.Start("--fd", $"{descriptor}"));
        theirs.Dispose();

        using (var client = new VfioUserClient(new VfioUserConnection(ours)))
        {
            client.Negotiate();
            Assert.Equal(8ul, client.GetRegionInfo(0).Size);
        }
        Assert.Equal(0, mtty.WaitForExit());
    }

    [Theory]
    [InlineData("--fd", "99")]
    [InlineData("--fd", "2147483647")]
    [InlineData("--fd", "-1")]
    [InlineData("--fd", "0")]
    public void A_descriptor_that_is_no_socket_is_one_line(params string[] arguments)
    {
        using MttyProcess mtty = MttyProcess.StartByShell("exec \"$@\" < /dev/null", arguments);
        Assert.NotEqual(0, mtty.WaitForExit());
        Assert.Single(mtty.ErrorLines);
    }

    [Fact]
    public void The_socket_of_systemd_is_served()
    {
        // sd_listen_fds(3): descriptor 3, for the process that LISTEN_PID names.
        using Socket listener = Listen();
        using MttyProcess mtty = StartWith(listener, descriptor => MttyProcess.StartByShell(
            $"exec 3<&{descriptor} {descriptor}<&-; LISTEN_PID=$$ LISTEN_FDS=1 exec \"$@\""));
        using (VfioUserClient client = VfioUserClient.Connect(_folder.Socket))
            Assert.Equal(8ul, client.GetRegionInfo(0).Size);
        mtty.Terminate();
    }

    [Fact]
    public void The_socket_of_systemd_for_another_process_is_left_alone()
    {
        using Socket listener = Listen();
        using MttyProcess mtty = StartWith(listener, descriptor => MttyProcess.StartByShell(
            $"exec 3<&{descriptor}; LISTEN_PID=1 LISTEN_FDS=1 MDEV_RUNTIME_DIR='{_folder.Path}' exec \"$@\""));
        Assert.NotEqual(_folder.Socket, mtty.Socket);
        using (VfioUserClient client = mtty.Connect())
            Assert.Equal(8ul, client.GetRegionInfo(0).Size);
        mtty.Terminate();
    }

    [Fact]
    public void Systemd_is_told_when_it_is_ready_and_when_it_stops()
    {
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(_folder["notify"]));
        systemd.ReceiveTimeout = 20_000;
        using MttyProcess mtty = MttyProcess.WaitUntilReady(MttyProcess.StartByShell(
            $"NOTIFY_SOCKET='{_folder["notify"]}' exec \"$@\"", "--socket-path", _folder.Socket));
        Assert.Equal("READY=1", Receive(systemd));
        mtty.Terminate();
        Assert.Equal("STOPPING=1", Receive(systemd));
    }

    [Fact]
    public void Two_programs_serve_two_devices_at_once()
    {
        using MttyProcess a = MttyProcess.StartReady("--socket-path", _folder["a"]);
        using MttyProcess b = MttyProcess.StartReady("--socket-path", _folder["b"]);
        Assert.NotEqual(a.Uuid, b.Uuid);
        using (VfioUserClient first = a.Connect(), second = b.Connect())
        {
            // SCR, the register that only remembers.
            first.WriteRegion(0, 7, 0xaa);
            second.WriteRegion(0, 7, 0xbb);
            Assert.Equal([0xaa], first.ReadRegion(0, 7, 1));
            Assert.Equal([0xbb], second.ReadRegion(0, 7, 1));
        }
        a.Terminate();
        b.Terminate();
    }

    [Fact]
    public void A_managed_parent_creates_and_removes_on_command()
    {
        using MttyProcess mtty = MttyProcess.WaitUntilReady(MttyProcess.StartIn(_folder.Path, "--manage"));
        Assert.Equal(["mtty", _folder["mtty.control"]], mtty.Ready);
        const string Uuid = "83b8f4f2-509f-382f-3c1e-000000000001";

        JsonElement created = Command("create", $$"""{"type":"mtty-2","uuid":"{{Uuid}}"}""").GetProperty("return");
        Assert.Equal((Uuid, "mtty-2", "mtty"),
            (created.GetProperty("uuid").GetString(), created.GetProperty("type").GetString(), created.GetProperty("parent").GetString()));
        string socket = created.GetProperty("serving").GetProperty("socket").GetString()!;
        using (VfioUserClient client = VfioUserClient.Connect(socket))
            Assert.Equal(8ul, client.GetRegionInfo(1).Size);

        JsonElement first = Command("types", "{}").GetProperty("return").GetProperty("types")[0];
        Assert.Equal(("mtty-1", 22), (first.GetProperty("id").GetString(), first.GetProperty("available_instances").GetInt32()));
        Assert.Equal((17, "EEXIST"), Refusal(Command("create", $$"""{"type":"mtty-1","uuid":"{{Uuid}}"}""")));
        Assert.Equal((22, "EINVAL"), Refusal(Command("create", """{"type":"mtty-1","uuid":"no-uuid"}""")));
        Assert.Equal((2, "ENOENT"), Refusal(Command("create", """{"type":"mtty-3"}""")));
        Assert.Equal("{}", Command("remove", $$"""{"uuid":"{{Uuid}}"}""").GetProperty("return").GetRawText());
        Assert.Equal((19, "ENODEV"), Refusal(Command("remove", $$"""{"uuid":"{{Uuid}}"}""")));
        Assert.False(File.Exists(socket));
        Assert.Equal(0, Command("list", "{}").GetProperty("return").GetProperty("instances").GetArrayLength());
        mtty.Terminate();

        // The tree's empty folders stay: other hosts' trees may hang in them.
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static (int Number, string? Name) Refusal(JsonElement answer) =>
        (answer.GetProperty("error").GetProperty("number").GetInt32(), answer.GetProperty("error").GetProperty("name").GetString());

    private JsonElement Command(string command, string arguments)
    {
        using var control = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        control.ReceiveTimeout = 20_000;
        control.Connect(new UnixDomainSocketEndPoint(_folder["mtty.control"]));
        control.Send(System.Text.Encoding.UTF8.GetBytes($$"""{"command":"{{command}}","arguments":{{arguments}}}""" + "\n"));
        string answer = "";
        while (!answer.EndsWith('\n'))
        {
            string part = Receive(control);
            Assert.NotEqual("", part);
            answer += part;
        }
        return JsonDocument.Parse(answer).RootElement;
    }

    private static string Receive(Socket socket)
    {
        byte[] bytes = new byte[4096];
        return System.Text.Encoding.ASCII.GetString(bytes, 0, socket.Receive(bytes));
    }

    private Socket Listen()
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_folder.Socket));
        listener.Listen();
        return listener;
    }

    // The child inherits a copy that is not close-on-exec; ours is closed at once.
    private static MttyProcess StartWith(Socket socket, Func<int, MttyProcess> start)
    {
        int copy = Libc.dup((int)socket.Handle);
        try
        {
            return MttyProcess.WaitUntilReady(start(copy));
        }
        finally
        {
            _ = Libc.close(copy);
        }
    }
}
