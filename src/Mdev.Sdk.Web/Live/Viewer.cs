using System.Net.WebSockets;
using Mdev.Sdk.Display.Screens;

namespace Mdev.Sdk.Web.Live;

/// <summary>A page that shows a screen, as long as its WebSocket lasts: updates one by one, keys and pointer back.</summary>
internal sealed partial class Viewer(WebSocket socket, Screen screen, RegisterLog log, CancellationToken ending) : IDisposable
{
    // A tab in the background shows nothing; for it alone nobody needs to look at the screen.
    private static readonly TimeSpan s_attention = TimeSpan.FromSeconds(1);

    // Of one that takes not even what it has asked for.
    private static readonly TimeSpan s_stalled = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan s_farewell = TimeSpan.FromMilliseconds(500);

    private static readonly Farewell s_gone = new(WebSocketCloseStatus.NormalClosure, "The device is gone.");
    private static readonly Farewell s_ending = new(WebSocketCloseStatus.EndpointUnavailable, "The program ends.");
    private static readonly Farewell s_silent = new(WebSocketCloseStatus.Empty, null);

    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(ending);
    private readonly CancellationTokenSource _cutOff = new();
    private readonly SemaphoreSlim _shown = new(0);
    private readonly SemaphoreSlim _told = new(0);
    private int _isOwed;
    private volatile bool _wantsLog;

    /// <summary>Serves it until the page, the device or the program goes.</summary>
    public async Task RunAsync()
    {
        Task<Farewell> showing = ShowAsync(), listening = ListenAsync(), ended = EndAsync();
        Farewell farewell = await (await Task.WhenAny(ended, showing, listening).ConfigureAwait(false)).ConfigureAwait(false);
        await _over.CancelAsync().ConfigureAwait(false);

        // Whoever takes neither what is under way nor the farewell, or does not answer it, is cut off.
        _cutOff.CancelAfter(s_farewell);
        await showing.ConfigureAwait(false);
        await SayAsync(farewell).ConfigureAwait(false);
        await listening.ConfigureAwait(false);
        await DrainAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _over.Dispose();
        _cutOff.Dispose();
        _shown.Dispose();
        _told.Dispose();
    }

    // Whatever the page does meanwhile: it may owe an answer for hours.
    private async Task<Farewell> EndAsync()
    {
        try
        {
            while (!screen.IsGone)
                await screen.WaitAsync(screen.Frame, seen: long.MaxValue, _over.Token).ConfigureAwait(false);
            return s_gone;
        }
        catch (OperationCanceledException)
        {
            return s_ending;
        }
    }

    private async Task<Farewell> ShowAsync()
    {
        var screenShown = new ShownScreen(screen);
        RegisterLog.Reader? reader = null;
        IDisposable watch = screen.Watch();
        try
        {
            await screenShown.WaitAsync(_over.Token).ConfigureAwait(false);
            while (!screen.IsGone)
            {
                if (_wantsLog != reader is not null)
                {
                    reader?.Dispose();
                    reader = _wantsLog ? log.Read() : null;
                }
                if (!screenShown.HasMore && reader is not { HasMore: true })
                {
                    await WaitAsync(screenShown, reader).ConfigureAwait(false);
                    continue;
                }

                Volatile.Write(ref _isOwed, 1);
                await SendAsync(screenShown, reader).ConfigureAwait(false);
                if (await _shown.WaitAsync(s_attention, _over.Token).ConfigureAwait(false))
                    continue;
                watch.Dispose();
                await _shown.WaitAsync(_over.Token).ConfigureAwait(false);
                watch = screen.Watch();
            }
            return s_gone;
        }
        catch (OperationCanceledException)
        {
            return s_ending;
        }
        catch (Exception e) when (IsGone(e))
        {
            return s_silent;
        }
        finally
        {
            watch.Dispose();
            reader?.Dispose();
        }
    }

    private async Task WaitAsync(ShownScreen screenShown, RegisterLog.Reader? reader)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
        Task changed = screenShown.WaitAsync(enough.Token), told = _told.WaitAsync(enough.Token);
        await (reader is null
            ? Task.WhenAny(changed, told)
            : Task.WhenAny(changed, told, reader.WaitAsync(enough.Token))).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        _over.Token.ThrowIfCancellationRequested();
    }

    private async Task SendAsync(ShownScreen screenShown, RegisterLog.Reader? reader)
    {
        using var update = new Update();
        Put(update, screenShown, reader);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_cutOff.Token);
        deadline.CancelAfter(s_stalled);
        await socket.SendAsync(update.Message, WebSocketMessageType.Binary, endOfMessage: true, deadline.Token).ConfigureAwait(false);
    }

    // In the protocol's order.
    private static void Put(Update update, ShownScreen screenShown, RegisterLog.Reader? reader)
    {
        screenShown.TellMode(update);
        if (reader is { HasMore: true })
        {
            (string lines, long dropped) = reader.Take();
            update.AddLog(lines, dropped);
        }
        screenShown.TellPixels(update);
    }

    private async Task SayAsync(Farewell farewell)
    {
        if (farewell == s_silent || socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return;
        try
        {
            await socket.CloseOutputAsync(farewell.Status, farewell.Text, _cutOff.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsGone(e))
        {
            // It has gone without.
        }
    }

    // Of a connection that ends with something unread, the last that was sent is lost too. Source: RFC 1122, section 4.2.2.13.
    private async Task DrainAsync()
    {
        byte[] room = new byte[1024];
        try
        {
            while (socket.State == WebSocketState.CloseSent)
                await socket.ReceiveAsync(room.AsMemory(), _cutOff.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsGone(e))
        {
            // Without an answer.
        }
    }

    private static bool IsGone(Exception e) =>
        e is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException or InvalidOperationException;

    private sealed record Farewell(WebSocketCloseStatus Status, string? Text);
}
