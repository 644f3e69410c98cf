using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;

namespace Mdev.Web.Tests.Support;

/// <summary>
/// What the page does with its WebSocket, without a browser: written from the protocol's description, with no code of the server's.
/// </summary>
internal sealed class PageClient : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _deadline = new(s_patience);
    private readonly byte[] _room = new byte[4 << 20];

    private PageClient(ClientWebSocket socket) => Socket = socket;

    public ClientWebSocket Socket { get; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Why there is no picture; empty if there is one.</summary>
    public string Reason { get; private set; } = "?";

    /// <summary>The picture: 0x00RRGGBB.</summary>
    public uint[] Pixels { get; private set; } = [];

    /// <summary>Where the last update's tiles are.</summary>
    public List<(int Column, int Row)> Tiles { get; } = [];

    /// <summary>The register log.</summary>
    public List<string> Lines { get; } = [];

    public long Dropped { get; private set; }

    public int Updates { get; private set; }

    public long Bytes { get; private set; }

    public static async Task<PageClient> ConnectAsync(Uri page, Guid uuid, Action<ClientWebSocketOptions>? configure = null, string below = "")
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", page.GetLeftPart(UriPartial.Authority));
        configure?.Invoke(socket.Options);
        using var deadline = new CancellationTokenSource(s_patience);
        try
        {
            await socket.ConnectAsync(LiveOf(page, uuid, below), deadline.Token);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        return new PageClient(socket);
    }

    public static Uri LiveOf(Uri page, Guid uuid, string below) =>
        new UriBuilder(new Uri(page, $"{below}/{uuid}/live")) { Scheme = "ws", Query = page.Query }.Uri;

    /// <summary>The next update, which is not acknowledged.</summary>
    /// <returns>Whether there was one; not if the server has closed.</returns>
    public async Task<bool> ReceiveAsync()
    {
        int length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await Socket.ReceiveAsync(_room.AsMemory(length), _deadline.Token);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        if (part.MessageType == WebSocketMessageType.Close)
            return false;
        Assert.Equal(WebSocketMessageType.Binary, part.MessageType);
        Updates++;
        Bytes += length;
        Take(_room.AsSpan(0, length));
        return true;
    }

    /// <summary>The update has been shown.</summary>
    public Task AcknowledgeAsync() => SendAsync(0);

    /// <summary>Updates, each acknowledged, until something holds.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            Assert.True(await ReceiveAsync(), "The server has closed.");
            await AcknowledgeAsync();
        }
    }

    public async Task SendAsync(params byte[] message) =>
        await Socket.SendAsync(message.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, _deadline.Token);

    /// <summary>Reads until the server closes.</summary>
    public async Task<WebSocketCloseStatus?> UntilClosedAsync()
    {
        while (await ReceiveAsync())
            continue;
        return Socket.CloseStatus;
    }

    public void Dispose()
    {
        Socket.Dispose();
        _deadline.Dispose();
    }

    private void Take(ReadOnlySpan<byte> update)
    {
        int parts = update[0];
        update = update[1..];
        Tiles.Clear();
        if ((parts & 1) != 0)
        {
            (Width, Height) = (BinaryPrimitives.ReadUInt16LittleEndian(update), BinaryPrimitives.ReadUInt16LittleEndian(update[2..]));
            int length = BinaryPrimitives.ReadUInt16LittleEndian(update[4..]);
            Reason = Encoding.UTF8.GetString(update.Slice(6, length));
            Pixels = new uint[Width * Height];
            update = update[(6 + length)..];
        }
        if ((parts & 2) != 0)
        {
            Dropped += BinaryPrimitives.ReadUInt32LittleEndian(update);
            int length = BinaryPrimitives.ReadInt32LittleEndian(update[4..]);
            Lines.AddRange(Encoding.UTF8.GetString(update.Slice(8, length)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            update = update[(8 + length)..];
        }
        if ((parts & 4) != 0)
            Draw(update[0] == 1 ? Inflate(update[2..]) : update[2..]);
    }

    private void Draw(ReadOnlySpan<byte> tiles)
    {
        while (!tiles.IsEmpty)
        {
            (int column, int row) = (BinaryPrimitives.ReadUInt16LittleEndian(tiles), BinaryPrimitives.ReadUInt16LittleEndian(tiles[2..]));
            Tiles.Add((column, row));
            tiles = tiles[4..];
            (int left, int top) = (64 * column, 64 * row);
            (int width, int height) = (Math.Min(64, Width - left), Math.Min(64, Height - top));
            for (int i = 0; i < width * height; i++)
            {
                Assert.Equal(255, tiles[4 * i + 3]);
                Pixels[(top + i / width) * Width + left + i % width] = (uint)(tiles[4 * i] << 16 | tiles[4 * i + 1] << 8 | tiles[4 * i + 2]);
            }
            tiles = tiles[(4 * width * height)..];
        }
    }

    private static byte[] Inflate(ReadOnlySpan<byte> bytes)
    {
        using var from = new ZLibStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
        using var to = new MemoryStream();
        from.CopyTo(to);
        return to.ToArray();
    }
}
