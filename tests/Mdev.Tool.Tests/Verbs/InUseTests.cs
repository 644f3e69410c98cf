using Mdev.Sdk.Testing;
using Mtty.Tests;

namespace Mdev.Tool.Tests.Verbs;

/// <summary>Devices that somebody uses.</summary>
public sealed class InUseTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public InUseTests()
    {
        _workplace.StartHost();
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
    }

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void Stopping_waits_for_the_user_and_says_so()
    {
        VfioUserClient client = Attach();
        using RunningProcess stop = _workplace.Start("stop", "-u", Workplace.One);
        Eventually.True(() => stop.Error.Contains("waiting for", StringComparison.Ordinal));
        Assert.Contains($"process {Environment.ProcessId}", stop.Error, StringComparison.Ordinal);
        client.Dispose();
        Assert.Equal(0, stop.WaitForExit().Status);
        Assert.Equal("", _workplace.Succeed("list"));
    }

    [Theory]
    [InlineData("--deadline", "0.5")]
    [InlineData("--deadline", "0")]
    [InlineData("--wait", "--deadline", "0.5")]
    public void After_the_deadline_the_device_goes_on(params string[] options)
    {
        using VfioUserClient client = Attach();
        string line = _workplace.Refuse(1, ["stop", "-u", Workplace.One, .. options]);
        Assert.StartsWith("dotnet-mdev: EBUSY: ", line, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", line, StringComparison.Ordinal);
        Assert.Equal(8ul, client.GetRegionInfo(0).Size);
    }

    [Fact]
    public void Force_turns_the_user_away()
    {
        using VfioUserClient client = Attach();
        _workplace.Succeed("stop", "-u", Workplace.One, "--force");
        Assert.Throws<IOException>(() => client.GetRegionInfo(0));
        Assert.Equal("", _workplace.Succeed("list"));
    }

    [Theory]
    [InlineData(Libc.SIGINT)]
    [InlineData(Libc.SIGKILL)]
    public void A_tool_that_goes_away_takes_its_stop_back(int signal)
    {
        using VfioUserClient client = Attach();
        using (RunningProcess stop = _workplace.Start("stop", "-u", Workplace.One))
        {
            Eventually.True(() => stop.Error.Contains("waiting for", StringComparison.Ordinal));
            stop.Signal(signal);
            stop.WaitForExit();
        }

        // A second one would be told EAGAIN while the first goes on.
        Eventually.True(() => _workplace.Run("stop", "-u", Workplace.One, "--deadline", "0").Error.Contains("EBUSY", StringComparison.Ordinal));
        Assert.Equal(8ul, client.GetRegionInfo(0).Size);
    }

    [Fact]
    public void The_list_names_socket_and_client()
    {
        using VfioUserClient client = Attach();
        Assert.Equal($"{Workplace.One} mtty mtty-1 manual\n", _workplace.Succeed("list"));
        using var raw = new Protocol.RawClient(Path.Combine(_workplace.Runtime, "mtty.control"));
        raw.Send("{\"command\":\"list\"}\n");
        System.Text.Json.JsonElement serving = raw.Line().GetProperty("return").GetProperty("instances")[0].GetProperty("serving");
        Assert.Equal(_workplace.SocketOf(Workplace.One), serving.GetProperty("socket").GetString());
        Assert.Equal(Environment.ProcessId, serving.GetProperty("client_process").GetInt32());
    }

    // A client that has gone on its own accord is seen as such a moment later.
    private VfioUserClient Attach()
    {
        VfioUserClient client = VfioUserClient.Connect(_workplace.SocketOf(Workplace.One));
        Assert.Equal(8ul, client.GetRegionInfo(0).Size);
        return client;
    }
}
