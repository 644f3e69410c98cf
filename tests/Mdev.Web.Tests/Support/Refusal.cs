using System.Net;
using System.Net.WebSockets;

namespace Mdev.Web.Tests.Support;

/// <summary>How a WebSocket is refused.</summary>
internal static class Refusal
{
    public static async Task<HttpStatusCode> OfAsync(Uri page, Guid uuid, Action<ClientWebSocketOptions>? configure = null, string below = "")
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", page.GetLeftPart(UriPartial.Authority));
        configure?.Invoke(socket.Options);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(PageClient.LiveOf(page, uuid, below), deadline.Token));
        return socket.HttpStatusCode;
    }
}
