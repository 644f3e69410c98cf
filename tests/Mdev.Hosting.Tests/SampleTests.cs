using Mdev.Sdk.Testing;

namespace Mdev.Hosting.Tests;

/// <summary>samples/Hosted as a user runs it.</summary>
public sealed class SampleTests : IDisposable
{
    public const string Uuid = "7d6c1a52-3c0a-4f5e-9a57-0e5f6c5b3a01";

    private readonly TemporaryFolder _folder = new();

    private string Socket => _folder[Uuid + ".sock"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Its_card_tells_the_time()
    {
        using HostedProcess clock = await StartAsync();
        using (VfioUserClient client = VfioUserClient.Connect(Socket))
        {
            Assert.Equal([0x34, 0x12, 0x0c, 0xc1], client.ReadRegion(7, 0, 4));
            long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            Assert.InRange(BitConverter.ToUInt32(client.ReadRegion(0, 0, 4)), now, now + 20);
            Assert.InRange(BitConverter.ToInt32(client.ReadRegion(0, 8, 4)), 0, 999_999_999);
        }
        clock.Terminate();
        Assert.Empty(_folder.Left());
    }

    [Fact]
    public async Task Killed_and_started_again_it_serves_as_before()
    {
        for (int i = 0; i < 3; i++)
        {
            using HostedProcess killed = await StartAsync();
            using VfioUserClient client = VfioUserClient.Connect(Socket);
            killed.Signal(Libc.SIGKILL);
            killed.WaitForExit();
            Assert.True(File.Exists(Socket));
        }

        using HostedProcess clock = await StartAsync();
        using (VfioUserClient client = VfioUserClient.Connect(Socket))
            Assert.Equal(16ul, client.GetRegionInfo(0).Size);
        clock.Terminate();
        Assert.Empty(_folder.Left());
    }

    [Fact]
    public void A_mistake_in_its_configuration_is_said_by_its_key()
    {
        using HostedProcess clock = Start(("Mdev__Poll", "20000"));
        Assert.NotEqual(0, clock.WaitForExit());
        Assert.Contains(clock.Output, line => line.Contains("Mdev:Poll is '20000'; it takes 0 to 10000 microseconds.", StringComparison.Ordinal));
    }

    private async Task<HostedProcess> StartAsync()
    {
        HostedProcess clock = Start();
        await Eventually.Async(() => clock.Output.Any(line => line.Contains("Application started", StringComparison.Ordinal)));
        return clock;
    }

    private HostedProcess Start(params (string Key, string Value)[] more)
    {
        var environment = new Dictionary<string, string>
        {
            ["MDEV_RUNTIME_DIR"] = _folder.Path,
            ["MDEV_CONFIG_DIR"] = _folder["definitions"],
        };
        foreach ((string key, string value) in more)
            environment[key] = value;
        return HostedProcess.Start("Hosted", environment);
    }
}
