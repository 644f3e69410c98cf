using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Mdev.Web.Tests.Support;

namespace Mdev.Web.Tests;

/// <summary>The option <c>--web</c> of a host program.</summary>
public sealed class ProgramTests
{
    [Theory]
    [InlineData("127.0.0.1:0", "http://127.0.0.1:")]
    [InlineData(":0", "http://127.0.0.1:")]
    [InlineData("[::1]:0", "http://[::1]:")]
    public async Task The_page_is_where_standard_error_says_and_the_ready_line_is_all_of_standard_output(string address, string start)
    {
        using var program = HostProgram.StartReady("--web", address);
        Assert.StartsWith(start, program.Url, StringComparison.Ordinal);
        using var client = new HttpClient();
        Assert.Contains(program.Uuid.ToString(), await client.GetStringAsync(new Uri(program.Url + "list")), StringComparison.Ordinal);
        Assert.Equal(0, program.Terminate());
        Assert.Single(program.Output);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:70000")]
    public void A_wrong_value_is_a_line_and_status_2(string value)
    {
        using var program = HostProgram.Start("--web", value);
        Assert.Equal(2, program.WaitForExit());
        Assert.Contains("--web takes an IP address and a port", Assert.Single(program.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_in_use_and_an_address_of_somebody_elses_are_a_line_and_status_1()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var program = HostProgram.Start("--web", listener.LocalEndpoint.ToString()!);
        Assert.Equal(1, program.WaitForExit());
        Assert.EndsWith(": the port is in use.", Assert.Single(program.Errors), StringComparison.Ordinal);

        using var other = HostProgram.Start("--web", "192.0.2.1:0");
        Assert.Equal(1, other.WaitForExit());
        Assert.Contains("cannot listen on 192.0.2.1", Assert.Single(other.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_without_a_screen_is_a_line_and_status_1()
    {
        using var program = HostProgram.Start("--web", ":0", "--type", "panel-blind");
        Assert.Equal(1, program.WaitForExit());
        Assert.Contains("panel-blind has none", program.Errors[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_ends_the_program_whoever_watches()
    {
        using var program = HostProgram.StartReady("--web", ":0");
        using PageClient page = await PageClient.ConnectAsync(new Uri(program.Url), program.Uuid);
        using PageClient silent = await PageClient.ConnectAsync(new Uri(program.Url), program.Uuid);
        Assert.True(await page.ReceiveAsync());
        await page.AcknowledgeAsync();
        Task<WebSocketCloseStatus?> closed = page.UntilClosedAsync();
        Assert.Equal(0, program.Terminate());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await closed);
    }

    [Fact]
    public void An_address_that_others_reach_is_said_with_a_token()
    {
        using var program = HostProgram.StartReady("--web", "0.0.0.0:0");
        Assert.Matches("^http://[^/]+:[0-9]+/[?]token=[A-Za-z0-9_-]{22}$", program.Url);
    }
}
