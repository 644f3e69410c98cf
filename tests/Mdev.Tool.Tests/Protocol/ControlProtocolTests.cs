using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Mtty.Tests;

namespace Mdev.Tool.Tests.Protocol;

/// <summary>What a host process answers to clients that are no tool of ours: bytes in, lines out.</summary>
public sealed class ControlProtocolTests : IDisposable
{
    private readonly Workplace _workplace = new();
    private readonly MttyProcess _host;

    public ControlProtocolTests() => _host = _workplace.StartHost();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("", "EINVAL")]
    [InlineData("garbage", "EINVAL")]
    [InlineData("{", "EINVAL")]
    [InlineData("null", "EINVAL")]
    [InlineData("5", "EINVAL")]
    [InlineData("[]", "EINVAL")]
    [InlineData("{}", "EINVAL")]
    [InlineData("""{"command":null}""", "EINVAL")]
    [InlineData("""{"command":5}""", "EINVAL")]
    [InlineData("""{"command":"nope"}""", "EINVAL")]
    [InlineData("""{"command":"list","argument":{}}""", "EINVAL")]
    [InlineData("""{"command":"list","arguments":[]}""", "EINVAL")]
    [InlineData("""{"command":"list","arguments":null} trailing""", "EINVAL")]
    [InlineData("""{"command":"list","arguments":{"uuid":"x"}}""", "EINVAL")]
    [InlineData("""{"command":"list","arguments":{"unknown":true}}""", "EINVAL")]
    [InlineData("""{"command":"create"}""", "EINVAL")]
    [InlineData("""{"command":"create","arguments":{}}""", "EINVAL")]
    [InlineData("""{"command":"create","arguments":{"type":null}}""", "EINVAL")]
    [InlineData("""{"command":"create","arguments":{"type":"nope"}}""", "ENOENT")]
    [InlineData("""{"command":"create","arguments":{"type":"mtty-1","attributes":[{}]}}""", "EINVAL")]
    [InlineData("""{"command":"create","arguments":{"type":"mtty-1","attributes":[{"a":5}]}}""", "EINVAL")]
    [InlineData("""{"command":"create","arguments":{"type":"mtty-1","attributes":[{"a":"b","c":"d"}]}}""", "EINVAL")]
    [InlineData("""{"command":"create","arguments":{"type":"mtty-1","attributes":[{"no/such":"b"}]}}""", "ENOENT")]
    [InlineData("""{"command":"remove","arguments":{"uuid":"83b8f4f2-509f-382f-3c1e-000000000001"}}""", "ENODEV")]
    [InlineData("""{"command":"remove","arguments":{"uuid":"83b8f4f2-509f-382f-3c1e-000000000001","mode":"gently"}}""", "EINVAL")]
    [InlineData("""{"command":"remove","arguments":{"uuid":"83b8f4f2-509f-382f-3c1e-000000000001","mode":1}}""", "EINVAL")]
    [InlineData("""{"command":"remove","arguments":{"uuid":"83b8f4f2-509f-382f-3c1e-000000000001","deadline_seconds":-1}}""", "EINVAL")]
    [InlineData("""{"command":"remove","arguments":{"uuid":"83b8f4f2-509f-382f-3c1e-000000000001","deadline_seconds":1e300}}""", "EINVAL")]
    [InlineData("""{"command":"attributes","arguments":{}}""", "EINVAL")]
    [InlineData("""{"command":"attributes","arguments":{"parent":"mtty","type":"mtty-1"}}""", "EINVAL")]
    [InlineData("""{"command":"attributes","arguments":{"parent":"nope"}}""", "ENODEV")]
    [InlineData("""{"command":"attributes","arguments":{"type":"nope"}}""", "ENOENT")]
    [InlineData("""{"command":"attributes","arguments":{"uuid":"83b8f4f2-509f-382f-3c1e-000000000001"}}""", "ENODEV")]
    [InlineData("""{"command":"attributes","arguments":{"parent":"mtty","names":["no/such"]}}""", "ENOENT")]
    [InlineData("""{"command":"set","arguments":{"parent":"mtty"}}""", "EINVAL")]
    [InlineData("""{"command":"set","arguments":{"parent":"mtty","attributes":[{"no/such":"1"}]}}""", "ENOENT")]
    [InlineData("""{"command":"events","arguments":{"x":1}}""", "EINVAL")]
    public void What_is_wrong_gets_an_error_line_and_the_connection_goes_on(string request, string error)
    {
        using var client = new RawClient(_host.Ready[1]);
        client.Send(request + "\n");
        JsonElement refusal = client.Line().GetProperty("error");
        Assert.Equal(error, refusal.GetProperty("name").GetString());
        Assert.False(string.IsNullOrEmpty(refusal.GetProperty("message").GetString()));
        client.Send("{\"command\":\"parents\"}\n");
        Assert.Equal("mtty", client.Line().GetProperty("return").GetProperty("parents")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Requests_may_come_in_pieces_and_several_at_once()
    {
        using var client = new RawClient(_host.Ready[1]);
        foreach (char c in "{\"command\":\"list\"}\n")
            client.Send(c.ToString());
        Assert.Equal(0, client.Line().GetProperty("return").GetProperty("instances").GetArrayLength());
        client.Send(string.Concat(Enumerable.Repeat("{\"command\":\"types\"}\n", 200)));
        for (int i = 0; i < 200; i++)
            Assert.Equal(2, client.Line().GetProperty("return").GetProperty("types").GetArrayLength());
    }

    [Fact]
    public void The_end_of_the_requests_is_not_the_end_of_the_answers()
    {
        using var client = new RawClient(_host.Ready[1]);
        client.Send("{\"command\":\"types\"}\n{\"command\":\"list\"}\n");
        client.Socket.Shutdown(SocketShutdown.Send);
        Assert.True(client.Line().TryGetProperty("return", out _));
        Assert.True(client.Line().TryGetProperty("return", out _));
        Assert.True(client.IsOver());
    }

    [Fact]
    public void A_request_that_does_not_end_is_refused_and_the_connection_closed()
    {
        using var client = new RawClient(_host.Ready[1]);
        client.Send(new string('x', 64 * 1024));
        Assert.Equal("E2BIG", client.Line().GetProperty("error").GetProperty("name").GetString());
        Assert.True(client.IsOver());
    }

    [Fact]
    public void Bytes_that_are_no_text_are_answered_by_an_error_line()
    {
        var random = new Random(7);
        for (int i = 0; i < 200; i++)
        {
            using var client = new RawClient(_host.Ready[1]);
            byte[] bytes = new byte[random.Next(1, 300)];
            random.NextBytes(bytes);
            client.Socket.Send([.. bytes.Where(b => b != (byte)'\n'), (byte)'\n']);
            Assert.True(client.Line().TryGetProperty("error", out _));
        }
    }

    [Fact]
    public void The_65th_client_is_told_to_come_back_and_a_place_that_is_left_is_given_away()
    {
        List<RawClient> clients = [.. Enumerable.Range(0, 64).Select(_ => new RawClient(_host.Ready[1]))];
        foreach (RawClient client in clients)
        {
            client.Send("{\"command\":\"parents\"}\n");
            client.Line();
        }
        using (var late = new RawClient(_host.Ready[1]))
            Assert.Equal("EAGAIN", late.Line().GetProperty("error").GetProperty("name").GetString());
        Assert.Equal("EAGAIN", _workplace.Run("list").Error.Split(": ")[2]);
        clients[0].Dispose();
        Eventually.True(() => _workplace.Run("list") is { Status: 0, Error: "" });
        clients.ForEach(c => c.Dispose());
    }

    [Fact]
    public void A_client_that_reads_nothing_holds_up_nobody()
    {
        using var lazy = new RawClient(_host.Ready[1]);
        lazy.Send("{\"command\":\"events\"}\n");
        using var second = new RawClient(_host.Ready[1]);
        second.Send(string.Concat(Enumerable.Repeat("{\"command\":\"types\"}\n", 3000)));
        for (int i = 0; i < 3; i++)
        {
            _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
            _workplace.Succeed("stop", "-u", Workplace.One);
        }
    }

    [Fact]
    public void A_stream_ends_with_the_tool_that_reads_it()
    {
        Listen(times: 10);
        int before = Descriptors();
        Listen(times: 50);
        Eventually.True(() => Descriptors() < before + 10, () => $"{Descriptors()} descriptors are open, {before} before");
    }

    private void Listen(int times)
    {
        for (int i = 0; i < times; i++)
        {
            using var client = new RawClient(_host.Ready[1]);
            client.Send("{\"command\":\"events\"}\n");
            Assert.Equal("listening", client.Line().GetProperty("item").GetProperty("event").GetString());
        }
    }

    private int Descriptors() => Directory.GetFiles($"/proc/{_host.Process}/fd").Length;
}
