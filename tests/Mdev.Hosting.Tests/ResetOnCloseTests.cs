using Mdev.Sdk.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Mdev.Hosting.Tests;

/// <summary>What a client finds of the one before it.</summary>
public sealed class ResetOnCloseTests
{
    [Theory]
    [InlineData("true", 0)]
    [InlineData("false", 7)]
    public async Task The_next_client_gets_a_pristine_device_if_that_is_asked_for(string resets, byte found)
    {
        await using var host = new RunningHost(
            ("Mdev:ResetOnClose", resets),
            ("Mdev:Parents:lamp0:Devices:0:Uuid", RunningHost.Uuid), ("Mdev:Parents:lamp0:Devices:0:Type", "lamp-1"));
        host.Services.AddMdev().AddParent<LampParent>("lamp0");
        await host.StartAsync();
        string socket = host.Mdev.SocketOf(Guid.Parse(RunningHost.Uuid))!;

        for (int i = 0; i < 3; i++)
        {
            using VfioUserClient client = VfioUserClient.Connect(socket);
            Assert.Equal(i == 0 ? 0 : found, client.ReadRegion(0, 0, 4)[0]);
            client.WriteRegion(0, 0, 7, 0, 0, 0);

            // Config space is state as well: the command register.
            Assert.Equal(i == 0 || found == 0 ? 0 : 2, client.ReadRegion(7, 4, 2)[0]);
            client.WriteRegion(7, 4, 2, 0);
        }
    }

    [Fact]
    public async Task Whoever_only_looks_whether_somebody_listens_resets_nothing()
    {
        await using var host = new RunningHost(
            ("Mdev:ResetOnClose", "true"),
            ("Mdev:Parents:lamp0:Devices:0:Uuid", RunningHost.Uuid), ("Mdev:Parents:lamp0:Devices:0:Type", "lamp-1"));
        host.Services.AddMdev().AddParent<LampParent>("lamp0");
        await host.StartAsync();
        var device = (LampDevice)host.Bus.Instances[0].Device;
        device.Registers.Light = 7;
        using (var probe = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified))
        {
            probe.Connect(new System.Net.Sockets.UnixDomainSocketEndPoint(host.Mdev.SocketOf(Guid.Parse(RunningHost.Uuid))!));
        }
        await Eventually.Async(() => host.Log.Lines.Any(line => line.Contains("client gone", StringComparison.Ordinal)));
        Assert.Equal(7u, device.Registers.Light);
    }
}
