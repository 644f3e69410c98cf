using System.Net.WebSockets;

namespace Mdev.Bench.Clients;

/// <summary>A page as its server sees it: it takes each update, throws it away and asks for the next.</summary>
internal sealed class PageViewer : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _viewing;
    private long _updates;
    private long _bytes;

    public PageViewer(Uri page)
    {
        _socket.Options.SetRequestHeader("Origin", page.GetLeftPart(UriPartial.Authority));
        _socket.ConnectAsync(new UriBuilder(page) { Scheme = "ws" }.Uri, CancellationToken.None).Wait();
        _viewing = Task.Run(ViewAsync);
    }

    public long Updates => Volatile.Read(ref _updates);

    public long Bytes => Volatile.Read(ref _bytes);

    public void Dispose()
    {
        _end.Cancel();
        _viewing.Wait();
        _socket.Dispose();
        _end.Dispose();
    }

    private async Task ViewAsync()
    {
        byte[] room = new byte[1 << 16], shown = [0];
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(room.AsMemory(), _end.Token);
                Interlocked.Add(ref _bytes, part.Count);
                if (!part.EndOfMessage)
                    continue;
                Interlocked.Increment(ref _updates);
                await _socket.SendAsync(shown.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, _end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The measurement is over.
        }
    }
}
