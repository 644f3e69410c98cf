using Mdev.Sdk.Display.Screens;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>
/// The screen as a viewer has it: of the size that it was told, which the device's may have left behind, and of each tile the version that
/// it was sent.
/// </summary>
internal sealed class ViewerTiles
{
    private const int Size = ScreenFrame.TileSize;
    private const long Nothing = -1;

    private readonly uint[] _tile = new uint[Size * Size];
    private readonly List<TileRun> _runs = [];
    private ScreenFrame _frame;
    private long[] _seen;

    /// <param name="frame">What it is shown first, of which it has seen nothing.</param>
    public ViewerTiles(ScreenFrame frame)
    {
        _frame = frame;
        _seen = [];
        Resize();
    }

    /// <summary>Pixels of a line.</summary>
    public int Width { get; private set; }

    /// <summary>Lines.</summary>
    public int Height { get; private set; }

    /// <summary>The whole screen.</summary>
    public ScreenArea All => new(0, 0, Width, Height);

    /// <summary>Whether the device's screen has another size.</summary>
    public bool IsOutOfSize => Width != _frame.Width || Height != _frame.Height;

    private int Columns => (Width + Size - 1) / Size;

    private int Rows => (Height + Size - 1) / Size;

    public int WidthOf(int column) => Math.Min(Size, Width - column * Size);

    public int HeightOf(int row) => Math.Min(Size, Height - row * Size);

    /// <summary>Shows what the device has now.</summary>
    public void Show(ScreenFrame frame)
    {
        if (frame == _frame)
            return;
        _frame = frame;
        Forget(All);
    }

    /// <summary>
    /// Takes the size of what is shown, of which the viewer has nothing yet, whatever it may have kept. Source: RFC 6143, section 7.8.2.
    /// </summary>
    public void Resize()
    {
        (Width, Height) = (_frame.Width, _frame.Height);
        _seen = new long[Columns * Rows];
        Forget(All);
    }

    /// <summary>The viewer asks for an area as if it had never seen it.</summary>
    public void Forget(ScreenArea area)
    {
        (Range columns, Range rows) = Within(area);
        for (int row = rows.Start.Value; row < rows.End.Value; row++)
            _seen.AsSpan(row * Columns, Columns)[columns].Fill(Nothing);
    }

    /// <summary>Finds what a viewer has not seen, and has it seen: it is to be sent.</summary>
    /// <param name="area">Where it looks. Whole tiles are sent: a part of one would have to be remembered.</param>
    /// <param name="version">The frame's version before the call.</param>
    /// <returns>What has changed, in rectangles; good until the next call.</returns>
    public IReadOnlyList<TileRun> TakeChanges(ScreenArea area, long version)
    {
        _runs.Clear();
        (Range columns, Range rows) = Within(area);
        for (int row = rows.Start.Value; row < rows.End.Value; row++)
        {
            int count = 0;
            for (int column = columns.Start.Value; column < columns.End.Value; column++)
            {
                bool hasChanged = HasChanged(column, row, version);
                if (hasChanged)
                {
                    _seen[row * Columns + column] = version;
                    count++;
                }
                bool goesOn = hasChanged && count < RectangleWriter.MostTiles && column + 1 < columns.End.Value;
                if (count == 0 || goesOn)
                    continue;
                _runs.Add(new TileRun((hasChanged ? column + 1 : column) - count, row, count));
                count = 0;
            }
        }
        return _runs;
    }

    /// <summary>Copies what a tile shows now; it is black where the device's screen ends before the viewer's.</summary>
    /// <param name="column">The tile's column.</param>
    /// <param name="row">Its row.</param>
    /// <param name="pixels">Receives its pixels, line by line without gaps.</param>
    public void Copy(int column, int row, Span<uint> pixels)
    {
        if (!IsInFrame(column, row))
        {
            pixels.Clear();
            return;
        }

        (int width, int height) = (_frame.WidthOf(column), _frame.HeightOf(row));
        if (width == WidthOf(column) && height == HeightOf(row))
        {
            _frame.TryCopy(column, row, Nothing, pixels);
            return;
        }

        pixels.Clear();
        _frame.TryCopy(column, row, Nothing, _tile);
        int wanted = WidthOf(column);
        for (int y = 0; y < Math.Min(height, HeightOf(row)); y++)
            _tile.AsSpan(y * width, Math.Min(width, wanted)).CopyTo(pixels[(y * wanted)..]);
    }

    private bool HasChanged(int column, int row, long version)
    {
        long seen = _seen[row * Columns + column];
        return seen == Nothing || (IsInFrame(column, row) && _frame.HasChanged(column, row, seen, version));
    }

    private bool IsInFrame(int column, int row) => column < _frame.Columns && row < _frame.Rows;

    private (Range Columns, Range Rows) Within(ScreenArea area)
    {
        (int right, int bottom) = (Math.Min(area.Right, Width), Math.Min(area.Bottom, Height));
        return area.Left >= right || area.Top >= bottom
            ? (0..0, 0..0)
            : ((area.Left / Size)..((right + Size - 1) / Size), (area.Top / Size)..((bottom + Size - 1) / Size));
    }
}
