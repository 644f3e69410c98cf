using System.Net.WebSockets;
using System.Text.Json;
using Mdev.Sdk.Display.Screens;
using Mdev.Sdk.Hosting;
using Mdev.Sdk.Web.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mdev.Sdk.Web.Serving;

/// <summary>What a browser asks for: the page, which devices have a screen, and one of them live.</summary>
/// <param name="host">Whose screens.</param>
/// <param name="ending">Cancelled when the server ends.</param>
internal sealed class ScreenPages(MdevHost host, CancellationToken ending)
{
    /// <summary>Viewers at once; one more is refused.</summary>
    public const int MaxViewers = 64;

    /// <summary>The route's value that names an instance.</summary>
    public const string Uuid = "uuid";

    // Of a connection that has gone silently, found by its lack of answers.
    private static readonly TimeSpan s_ping = TimeSpan.FromSeconds(30);

    private readonly RegisterLogs _logs = new();
    private int _viewers;

    /// <summary>The page, the same for all of them: it asks for the rest.</summary>
    public Task ShowAsync(HttpContext context)
    {
        bool isKnown = UuidOf(context) is not { } uuid || host.Screens.Of(uuid) is not null;
        HttpResponse response = context.Response;
        response.StatusCode = isKnown ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        Protect(response);
        response.Headers.ContentSecurityPolicy = Page.Policy;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = Page.Bytes.Length;
        return response.Body.WriteAsync(Page.Bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Which instances have a screen: <c>[{"uuid": …, "type": …}]</c>.</summary>
    public Task ListAsync(HttpContext context)
    {
        Protect(context.Response);
        context.Response.ContentType = "application/json";
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (MdevInstance instance in host.Bus.Instances.Where(i => host.Screens.Of(i.Uuid) is not null))
            {
                json.WriteStartObject();
                json.WriteString("uuid", instance.Uuid);
                json.WriteString("type", instance.Type.Id);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return context.Response.Body.WriteAsync(bytes.ToArray(), context.RequestAborted).AsTask();
    }

    /// <summary>
    /// What a screen shows now, of one device or of the only one: the page waits for it before it counts as loaded. No content where there is
    /// no picture.
    /// </summary>
    public Task TakeAsync(HttpContext context)
    {
        Protect(context.Response);
        Screen? screen = UuidOf(context) is { } uuid ? host.Screens.Of(uuid) : host.Screens.All is [var only] ? only : null;
        try
        {
            if (screen?.Capture() is { } frame)
            {
                context.Response.ContentType = "image/bmp";
                return context.Response.Body.WriteAsync(Bitmap.Of(frame), context.RequestAborted).AsTask();
            }
        }
        catch (MdevException)
        {
            // It is off, makes no sense or has just gone: the page will say which.
        }
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>A screen live, through a WebSocket.</summary>
    public async Task WatchAsync(HttpContext context)
    {
        Protect(context.Response);
        int refusal = Refusal(context, out Screen? screen);
        if (refusal != 0)
        {
            context.Response.StatusCode = refusal;
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _viewers) > MaxViewers)
                throw new InvalidOperationException("There are as many viewers as there may be.");
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(
                new WebSocketAcceptContext { KeepAliveInterval = s_ping, KeepAliveTimeout = s_ping }).ConfigureAwait(false);
            using var viewer = new Viewer(socket, screen!, _logs.Of(screen!), ending);
            await viewer.RunAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or WebSocketException)
        {
            // Gone before it was there, or one more than the server takes.
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        finally
        {
            Interlocked.Decrement(ref _viewers);
        }
    }

    private int Refusal(HttpContext context, out Screen? screen)
    {
        screen = UuidOf(context) is { } uuid ? host.Screens.Of(uuid) : null;
        if (!context.WebSockets.IsWebSocketRequest)
            return StatusCodes.Status400BadRequest;
        if (!IsOwnOrigin(context.Request))
            return StatusCodes.Status403Forbidden;
        return screen is null ? StatusCodes.Status404NotFound : 0;
    }

    // Any page may open a WebSocket to anywhere, and its browser adds the cookies; but it also says whose page that is. Source: RFC
    // 6455, section 10.2.
    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Headers.Origin is [{ } origin]
        && Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)
        && uri.Scheme is "http" or "https"
        && Uri.TryCreate($"{uri.Scheme}://{request.Host.Value}", UriKind.Absolute, out Uri? own)
        && uri.Authority.Equals(own.Authority, StringComparison.OrdinalIgnoreCase);

    private static Guid? UuidOf(HttpContext context) =>
        Guid.TryParse(context.GetRouteValue(Uuid) as string, out Guid uuid) ? uuid : null;

    private static void Protect(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
