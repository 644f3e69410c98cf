using System.Buffers.Binary;
using System.Text;
using Mdev.Sdk.Display.Screens;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>
/// Sends a viewer what it has asked for and not seen. It is asked, never pushed: a viewer that does not read has one update under way, of
/// which a piece is in memory.
/// </summary>
internal sealed class RfbUpdates : IDisposable
{
    // A piece of an update; one rectangle more may be in memory.
    private const int Piece = 128 << 10;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private readonly TimeSpan _deadline;
    private readonly RfbStream _stream;
    private readonly Screen _screen;
    private readonly ViewerRequests _requests;
    private readonly ViewerTiles _tiles;
    private readonly MemoryStream _output = new();
    private readonly RectangleWriter _writer;
    private ScreenArea _owed;
    private bool _isOwed;

    /// <param name="stream">The connection.</param>
    /// <param name="screen">What it looks at; watched.</param>
    /// <param name="requests">What it asks for.</param>
    /// <param name="deadline">How long a piece may take; a viewer that does not take it in this time does not read. A minute if not given.</param>
    public RfbUpdates(RfbStream stream, Screen screen, ViewerRequests requests, TimeSpan? deadline = null)
    {
        (_stream, _screen, _requests, _deadline) = (stream, screen, requests, deadline ?? s_deadline);
        _tiles = new ViewerTiles(screen.Frame);
        _writer = new RectangleWriter(_output);
    }

    /// <summary>Tells the viewer what it will see. Source: RFC 6143, section 7.3.2.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        byte[] name = Encoding.ASCII.GetBytes($"mdev {_screen.Uuid}");
        byte[] message = new byte[8 + RfbPixelFormat.Size + name.Length];
        BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)_tiles.Width);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)_tiles.Height);
        RfbPixelFormat.OfFrame.Write(message.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4 + RfbPixelFormat.Size), name.Length);
        name.CopyTo(message, 8 + RfbPixelFormat.Size);
        await _stream.SendAsync(message, cancel).ConfigureAwait(false);
    }

    /// <summary>Sends until the device is gone.</summary>
    /// <param name="settings">How the viewer wants it now.</param>
    /// <param name="cancel">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="RfbException">The viewer does not read.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The viewer is gone.</exception>
    public async Task SendAsync(Func<ViewerSettings> settings, CancellationToken cancel)
    {
        Task asked = _requests.NextAsync(cancel), changed = Task.CompletedTask;
        while (!_screen.IsGone)
        {
            // The version before the tiles: one that changes meanwhile is sent once more, with it.
            ScreenFrame frame = _screen.Frame;
            long version = frame.Version;
            if (_requests.TryTake(out ScreenArea area, out ScreenArea fresh))
            {
                (_owed, _isOwed) = (_owed.With(area), true);
                _tiles.Forget(fresh);
            }
            if (_isOwed && await TrySendAsync(frame, version, settings(), cancel).ConfigureAwait(false))
                continue;

            if (asked.IsCompleted)
                asked = _requests.NextAsync(cancel);
            if (_isOwed && changed.IsCompleted)
                changed = _screen.WaitAsync(frame, version, cancel);
            await (_isOwed ? await Task.WhenAny(asked, changed).ConfigureAwait(false) : asked).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _output.Dispose();
    }

    private async Task<bool> TrySendAsync(ScreenFrame frame, long version, ViewerSettings settings, CancellationToken cancel)
    {
        _tiles.Show(frame);
        if (settings.CanResize && _tiles.IsOutOfSize)
        {
            _tiles.Resize();
            _writer.Begin(rectangles: 1);
            _writer.WriteSize(_tiles.Width, _tiles.Height);
        }
        else
        {
            IReadOnlyList<TileRun> runs = _tiles.TakeChanges(_owed, version);
            if (runs.Count == 0)
                return false;
            _writer.Begin(runs.Count);
            foreach (TileRun run in runs)
            {
                _writer.Write(run, _tiles, settings);
                if (_output.Length >= Piece)
                    await FlushAsync(cancel).ConfigureAwait(false);
            }
        }
        (_owed, _isOwed) = (default, false);
        await FlushAsync(cancel).ConfigureAwait(false);
        return true;
    }

    private async Task FlushAsync(CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(_deadline);
        try
        {
            await _stream.SendAsync(_output.GetBuffer().AsMemory(0, (int)_output.Length), deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new RfbException("does not read what it asks for");
        }
        _output.SetLength(0);
    }
}
