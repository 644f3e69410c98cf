using Mdev.Sdk.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mdev.Hosting.Tests;

/// <summary>What a program's health says of its devices, in sentences.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit calls DisposeAsync of IAsyncLifetime.")]
public sealed class HealthTests : IAsyncLifetime
{
    private readonly RunningHost _host = new(
        ("Mdev:Parents:lamp0:Devices:0:Uuid", RunningHost.Uuid), ("Mdev:Parents:lamp0:Devices:0:Type", "lamp-1"));

    private string Socket => _host.Mdev.SocketOf(Guid.Parse(RunningHost.Uuid))!;

    public async Task InitializeAsync()
    {
        _host.Services.AddMdev().AddParent<LampParent>("lamp0");
        _host.Services.AddHealthChecks().AddMdev();
        await _host.StartAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_host_that_serves_is_healthy_and_says_how_many()
    {
        using VfioUserClient client = VfioUserClient.Connect(Socket);
        HealthReportEntry health = await CheckAsync();
        Assert.Equal((HealthStatus.Healthy, "1 devices are served, 1 are in use."), (health.Status, health.Description));
        Assert.Equal((1, 1, 1), (health.Data["parents"], health.Data["instances"], health.Data["clients"]));
    }

    [Fact]
    public async Task A_parent_that_is_not_served_any_more_is_named()
    {
        await _host.Bus.UnregisterAsync(_host.Bus.Parents[0]);
        await ExpectAsync("The parent lamp0 is not served any more.");
    }

    [Fact]
    public async Task A_socket_that_somebody_has_removed_is_named()
    {
        File.Delete(Socket);
        await ExpectAsync($"The socket of {RunningHost.Uuid} is gone from {Socket}: no client finds the device.");
    }

    [Fact]
    public async Task A_control_socket_that_somebody_has_removed_is_named()
    {
        string control = Path.Combine(_host.Folder, "lamp0.control");
        File.Delete(control);
        await ExpectAsync($"The control socket {control} is gone: no tool finds lamp0.");
    }

    [Fact]
    public async Task A_device_whose_code_does_not_return_is_named()
    {
        Supply supply = _host.Provider.GetRequiredService<Supply>();
        supply.Open.Reset();
        try
        {
            using VfioUserClient client = VfioUserClient.Connect(Socket);
            client.PostWriteRegion(0, 0xc, 1, 0, 0, 0);
            await Eventually.Async(() => CheckAsync().Result.Status == HealthStatus.Unhealthy);
            Assert.Matches($"The code of device {RunningHost.Uuid} \\(lamp-1\\) has not returned for \\d+ s.", (await CheckAsync()).Description);
        }
        finally
        {
            supply.Open.Set();
        }
        await Eventually.Async(() => CheckAsync().Result.Status == HealthStatus.Healthy);
    }

    private async Task ExpectAsync(string sentence)
    {
        HealthReportEntry health = await CheckAsync();
        Assert.Equal((HealthStatus.Unhealthy, sentence), (health.Status, health.Description));
    }

    private async Task<HealthReportEntry> CheckAsync() =>
        (await _host.Provider.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["mdev"];
}
