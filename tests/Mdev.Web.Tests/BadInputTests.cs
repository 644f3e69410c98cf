using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Mdev.Web.Tests.Device;
using Mdev.Web.Tests.Support;

namespace Mdev.Web.Tests;

/// <summary>A page that lies, stalls or comes with too many others ends itself and nobody else.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly ServedPanels _panels = new();
    private readonly Panel _panel;

    public BadInputTests()
    {
        _panel = _panels.Add();
        _panel.SetMode(320, 200);
        ServedPanels.Scribble(_panel, seed: 1);
    }

    public void Dispose() => _panels.Dispose();

    [Theory]
    [InlineData(WebSocketCloseStatus.ProtocolError)]
    [InlineData(WebSocketCloseStatus.ProtocolError, 0, 0)]
    [InlineData(WebSocketCloseStatus.ProtocolError, 1)]
    [InlineData(WebSocketCloseStatus.ProtocolError, 1, 2, 0, 0, 0, 0)]
    [InlineData(WebSocketCloseStatus.ProtocolError, 2, 0x20, 0, 0, 0, 0)]
    [InlineData(WebSocketCloseStatus.ProtocolError, 2, 0, 0, 0, 0)]
    [InlineData(WebSocketCloseStatus.ProtocolError, 3, 2)]
    [InlineData(WebSocketCloseStatus.ProtocolError, 4)]
    [InlineData(WebSocketCloseStatus.ProtocolError, 255, 255, 255)]
    [InlineData(WebSocketCloseStatus.MessageTooBig, 1, 1, 0, 0, 0, 0, 0, 0)]
    public async Task A_message_that_there_is_not_closes_its_connection_only(WebSocketCloseStatus status, params int[] message)
    {
        using PageClient good = await PageClient.ConnectAsync(_panels.Url, _panel.Uuid);
        using PageClient bad = await PageClient.ConnectAsync(_panels.Url, _panel.Uuid);
        await bad.SendAsync([.. message.Select(b => (byte)b)]);
        Assert.Equal(status, await bad.UntilClosedAsync());
        await FollowsAsync(good);
        Assert.Empty(_panel.Keys);
    }

    [Fact]
    public async Task An_acknowledgement_of_nothing_closes_the_connection()
    {
        using PageClient page = await PageClient.ConnectAsync(_panels.Url, _panel.Uuid);
        await FollowsAsync(page);
        await page.AcknowledgeAsync();
        await page.AcknowledgeAsync();
        Assert.Equal(WebSocketCloseStatus.ProtocolError, await page.UntilClosedAsync());
    }

    [Fact]
    public async Task Text_and_a_message_of_a_megabyte_close_the_connection()
    {
        using PageClient text = await PageClient.ConnectAsync(_panels.Url, _panel.Uuid);
        await text.Socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, await text.UntilClosedAsync());

        using PageClient large = await PageClient.ConnectAsync(_panels.Url, _panel.Uuid);
        try
        {
            await large.SendAsync(new byte[1 << 20]);
            Assert.Equal(WebSocketCloseStatus.MessageTooBig, await large.UntilClosedAsync());
        }
        catch (WebSocketException)
        {
            // Closed before all of it was written.
        }
        using PageClient next = await PageClient.ConnectAsync(_panels.Url, _panel.Uuid);
        await FollowsAsync(next);
    }

    [Fact]
    public async Task Bytes_that_are_no_request_and_frames_that_are_none_end_their_connection()
    {
        var random = new Random(1);
        byte[] noise = new byte[4096];
        for (int i = 0; i < 20; i++)
        {
            random.NextBytes(noise);
            await SendRawAsync(noise);
            await SendRawAsync([.. Encoding.ASCII.GetBytes(Upgrade()), .. noise]);
        }
        using PageClient page = await PageClient.ConnectAsync(_panels.Url, _panel.Uuid);
        await FollowsAsync(page);
    }

    [Fact]
    public async Task A_handler_that_throws_harms_neither_the_page_nor_the_device()
    {
        using PageClient page = await PageClient.ConnectAsync(_panels.Url, _panel.Uuid);
        await page.SendAsync(2, 0b101, 0, 0, 0, 0);
        await page.SendAsync(1, 1, 0x61, 0, 0, 0);
        await Eventually.HoldsAsync(() => !_panel.Keys.IsEmpty);
        await FollowsAsync(page);
    }

    [Fact]
    public async Task A_page_that_stops_reading_holds_up_nobody()
    {
        _panel.SetMode(1024, 768);
        ServedPanels.Scribble(_panel, seed: 2);
        using PageClient stopped = await PageClient.ConnectAsync(_panels.Url, _panel.Uuid);
        using PageClient silent = await PageClient.ConnectAsync(_panels.Url, _panel.Uuid);
        Assert.True(await silent.ReceiveAsync());
        using PageClient good = await PageClient.ConnectAsync(_panels.Url, _panel.Uuid);
        for (int i = 0; i < 5; i++)
        {
            ServedPanels.Scribble(_panel, seed: 3 + i);
            await FollowsAsync(good);
        }

        // And the silent one, as soon as it speaks.
        await silent.AcknowledgeAsync();
        await FollowsAsync(silent);
    }

    [Fact]
    public async Task Fifty_viewers_all_see_each_change_and_one_more_than_64_is_refused()
    {
        List<PageClient> pages = [];
        try
        {
            for (int i = 0; i < 64; i++)
                pages.Add(await PageClient.ConnectAsync(_panels.Url, _panel.Uuid));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await Refusal.OfAsync(_panels.Url, _panel.Uuid));
            await Task.WhenAll(pages.Take(50).Select(FollowsAsync));
            ServedPanels.Scribble(_panel, seed: 2);
            await Task.WhenAll(pages.Take(50).Select(FollowsAsync));
        }
        finally
        {
            pages.ForEach(page => page.Dispose());
        }

        // Their places are free again.
        await Eventually.HoldsAsync(() => CanWatch());
    }

    [Fact]
    public async Task A_device_that_is_removed_says_good_bye()
    {
        using PageClient page = await PageClient.ConnectAsync(_panels.Url, _panel.Uuid);
        await FollowsAsync(page);
        _panels.Remove(_panel);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await page.UntilClosedAsync());
        Assert.Equal("The device is gone.", page.Socket.CloseStatusDescription);
    }

    [Fact]
    public async Task A_server_that_ends_says_good_bye_to_who_reads_and_waits_for_nobody()
    {
        using PageClient page = await PageClient.ConnectAsync(_panels.Url, _panel.Uuid);
        using PageClient silent = await PageClient.ConnectAsync(_panels.Url, _panel.Uuid);
        await FollowsAsync(page);
        Task<WebSocketCloseStatus?> closed = page.UntilClosedAsync();
        await Task.Run(_panels.Server.Dispose);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await closed);
    }

    private async Task FollowsAsync(PageClient page) => await page.UntilAsync(
        () => page.Width == _panel.Registers.Width && ServedPanels.PixelsOf(_panel).SequenceEqual(page.Pixels));

    private bool CanWatch()
    {
        try
        {
            using PageClient page = PageClient.ConnectAsync(_panels.Url, _panel.Uuid).GetAwaiter().GetResult();
            return true;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }

    private string Upgrade() =>
        $"GET /{_panel.Uuid}/live HTTP/1.1\r\nHost: {_panels.Url.Authority}\r\nOrigin: http://{_panels.Url.Authority}\r\n" +
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

    // And waits until the server has had enough.
    private async Task SendRawAsync(byte[] bytes)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _panels.Url.Port);
        try
        {
            await socket.SendAsync(bytes);
            socket.Shutdown(SocketShutdown.Send);
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            byte[] room = new byte[1 << 16];
            while (await socket.ReceiveAsync(room, deadline.Token) > 0)
                continue;
        }
        catch (SocketException)
        {
            // Reset: it has not read all of it.
        }
    }
}
