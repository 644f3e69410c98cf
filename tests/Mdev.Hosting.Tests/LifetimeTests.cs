using Mdev.Sdk.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mdev.Hosting.Tests;

/// <summary>Start and stop of a program's host, with devices in use, and when it goes wrong half-way.</summary>
public sealed class LifetimeTests
{
    private const uint RequestIndex = 4;

    [Fact]
    public async Task Configured_devices_can_be_attached_when_the_program_has_started()
    {
        await using RunningHost host = await StartLampAsync();
        using (VfioUserClient client = Connect(host))
            Assert.Equal(new byte[] { 230, 0, 0, 0 }, client.ReadRegion(0, 4, 4));
        await host.StopAsync();
        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task Sockets_have_the_access_rights_of_the_options()
    {
        await using RunningHost host = await StartLampAsync(("Mdev:SocketMode", "0660"), ("Mdev:SocketGroup", "root"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite,
            File.GetUnixFileMode(host.Mdev.SocketOf(Guid.Parse(RunningHost.Uuid))!));
    }

    [Fact]
    public async Task Whoever_may_use_the_sockets_gets_into_the_directory()
    {
        using var folder = new TemporaryFolder();
        await using RunningHost host = await StartLampAsync(("Mdev:RuntimeDirectory", folder["mdev"]), ("Mdev:SocketMode", "0660"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute,
            File.GetUnixFileMode(folder["mdev"]));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_client_that_comes_while_its_device_is_waited_for_is_turned_away()
    {
        await using RunningHost host = await StartLampAsync(("Mdev:RemoveDeadline", "00:01:00"));
        VfioUserClient client = Connect(host);
        string socket = host.Mdev.SocketOf(Guid.Parse(RunningHost.Uuid))!;
        Task stop = host.StopAsync();
        await Eventually.Async(() => host.Bus.Find(Guid.Parse(RunningHost.Uuid)) is null);
        Assert.ThrowsAny<Exception>(() => VfioUserClient.Connect(socket));
        client.Dispose();
        await stop.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_removal_that_is_given_up_leaves_the_device_as_it_was()
    {
        await using RunningHost host = await StartLampAsync();
        Guid uuid = Guid.Parse(RunningHost.Uuid);
        using (VfioUserClient client = Connect(host))
        {
            client.WriteRegion(0, 0, 7, 0, 0, 0);
            var refused = await Assert.ThrowsAsync<MdevException>(
                () => host.Bus.RemoveAsync(uuid, RemoveMode.Wait, TimeSpan.FromMilliseconds(100)));
            Assert.Equal(Errno.EBUSY, refused.Error);
            Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
            Assert.Equal(new byte[] { 7, 0, 0, 0 }, client.ReadRegion(0, 0, 4));
        }
        using (VfioUserClient next = Connect(host))
            Assert.Equal(new byte[] { 7, 0, 0, 0 }, next.ReadRegion(0, 0, 4));
    }

    [Fact]
    public async Task A_client_that_lets_go_when_it_is_asked_ends_the_wait()
    {
        await using RunningHost host = await StartLampAsync(("Mdev:RemoveDeadline", "00:01:00"));
        using var request = new Sdk.Testing.EventFd();
        VfioUserClient client = Connect(host);
        client.ArmIrqs(RequestIndex, request);

        Task stop = host.StopAsync();
        Assert.True(request.Wait(TimeSpan.FromSeconds(20)), "Nobody has asked.");
        Assert.False(stop.IsCompleted);
        Assert.Equal(new byte[] { 230, 0, 0, 0 }, client.ReadRegion(0, 4, 4));
        Assert.Equal(Errno.ENODEV, Assert.Throws<MdevException>(
            () => host.Bus.Create(host.Bus.FindType("lamp-1"), Guid.NewGuid())).Error);

        client.Dispose();
        await stop.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(host.Files);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("turned away", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_does_not_let_go_is_turned_away_at_the_deadline()
    {
        await using RunningHost host = await StartLampAsync(("Mdev:RemoveDeadline", "00:00:00.2"));
        using VfioUserClient client = Connect(host);
        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Throws<IOException>(() => client.ReadRegion(0, 4, 4));
        Assert.Contains(host.Log.Lines, line => line.StartsWith($"Warning: {RunningHost.Uuid}: its client has not let go and is turned away.", StringComparison.Ordinal));
        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task The_programs_shutdown_deadline_ends_the_wait_earlier()
    {
        await using RunningHost host = NewLamp(("Mdev:RemoveDeadline", "00:10:00"));
        host.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        await host.StartAsync();
        using VfioUserClient client = Connect(host);
        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Throws<IOException>(() => client.ReadRegion(0, 4, 4));
        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task A_device_whose_code_does_not_return_does_not_keep_the_program()
    {
        await using RunningHost host = await StartLampAsync(("Mdev:RemoveDeadline", "00:00:00"));
        Supply supply = host.Provider.GetRequiredService<Supply>();
        supply.Open.Reset();
        try
        {
            using VfioUserClient client = Connect(host);
            client.PostWriteRegion(0, 0xc, 1, 0, 0, 0);
            await Eventually.Async(() => host.Mdev.Watch.Look().Count == 1);
            await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Contains(host.Log.Lines, line => line.Contains("left behind", StringComparison.Ordinal));
        }
        finally
        {
            supply.Open.Set();
        }
    }

    [Fact]
    public async Task A_start_that_fails_leaves_nothing()
    {
        await using RunningHost host = NewLamp(
            ("Mdev:Parents:lamp0:Devices:1:Uuid", "83b8f4f2-509f-382f-3c1e-000000000002"), ("Mdev:Parents:lamp0:Devices:1:Type", "lamp-2"));
        string socket = Path.Combine(host.Folder, "83b8f4f2-509f-382f-3c1e-000000000002.sock");
        File.WriteAllText(socket, "precious");
        var refused = await Assert.ThrowsAnyAsync<Exception>(host.StartAsync);
        Assert.Contains("Mdev:Parents:lamp0:Devices:1: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("choose another path", refused.Message, StringComparison.Ordinal);
        Assert.Equal([Path.GetFileName(socket)], host.Files);
    }

    [Fact]
    public async Task A_start_that_another_service_fails_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        await using RunningHost host = NewLamp(("Mdev:RuntimeDirectory", folder.Path));
        host.Services.AddHostedService<FailingService>();
        await Assert.ThrowsAsync<NotSupportedException>(host.StartAsync);
        await host.DisposeAsync();
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task More_devices_than_the_parent_has_room_for_are_refused_by_the_key()
    {
        await using RunningHost host = NewLamp([.. Enumerable.Range(1, 4).SelectMany(i => new (string, string)[]
        {
            ($"Mdev:Parents:lamp0:Devices:{i}:Uuid", $"83b8f4f2-509f-382f-3c1e-{i + 1:d12}"),
            ($"Mdev:Parents:lamp0:Devices:{i}:Type", "lamp-2"),
        })]);
        var refused = await Assert.ThrowsAsync<MdevException>(host.StartAsync);
        Assert.Equal(Errno.ENOSPC, refused.Error);
        Assert.StartsWith("Mdev:Parents:lamp0:Devices:4: ", refused.Message, StringComparison.Ordinal);
        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task A_hundred_starts_and_stops_leak_nothing()
    {
        // What starting once makes for good (threads of the pool, the reserve of session threads) is made before.
        for (int i = 0; i < 5; i++)
            await OnceAsync();
        int before = Descriptors();
        for (int i = 0; i < 100; i++)
            await OnceAsync();
        await Eventually.Async(() => Descriptors() <= before);

        static async Task OnceAsync()
        {
            await using RunningHost host = await StartLampAsync();
            using (VfioUserClient client = Connect(host))
                Assert.Equal(new byte[] { 1, 0, 0, 0 }, client.ReadRegion(0, 8, 4));
            await host.StopAsync();
            Assert.Empty(host.Files);
        }

        static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;
    }

    private static RunningHost NewLamp(params (string, string)[] configuration)
    {
        var host = new RunningHost([
            ("Mdev:Parents:lamp0:Devices:0:Uuid", RunningHost.Uuid), ("Mdev:Parents:lamp0:Devices:0:Type", "lamp-1"), .. configuration]);
        host.Services.AddMdev().AddParent<LampParent>("lamp0");
        return host;
    }

    private static Task<RunningHost> StartLampAsync(params (string, string)[] configuration) => NewLamp(configuration).StartAsync();

    private static VfioUserClient Connect(RunningHost host) =>
        VfioUserClient.Connect(host.Mdev.SocketOf(Guid.Parse(RunningHost.Uuid))!);

    private sealed class FailingService : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
