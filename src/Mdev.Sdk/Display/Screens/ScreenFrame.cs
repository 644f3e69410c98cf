namespace Mdev.Sdk.Display.Screens;

/// <summary>
/// What viewers are shown: a picture of one size, in tiles that each know when they changed last. Filled by its
/// <see cref="Screen"/>; read from any thread.
/// </summary>
internal sealed class ScreenFrame
{
    /// <summary>Pixels along a tile's side. Source: RFC 6143, section 7.7.6, whose tiles are as large.</summary>
    public const int TileSize = 64;

    private readonly Lock _gate = new();
    private readonly uint[] _pixels;
    private readonly long[] _tiles;
    private long _version;

    /// <param name="width">Pixels, at least 1.</param>
    /// <param name="height">Lines, at least 1.</param>
    /// <param name="version">What each tile begins with; greater than any of the frame before.</param>
    /// <param name="reason">Why there is no picture, and all is black; <see langword="null"/> if there is one.</param>
    public ScreenFrame(int width, int height, long version, string? reason = null)
    {
        (Width, Height, Reason, _version) = (width, height, reason, version);
        (Columns, Rows) = ((width + TileSize - 1) / TileSize, (height + TileSize - 1) / TileSize);
        _pixels = new uint[width * height];
        _tiles = new long[Columns * Rows];
        Array.Fill(_tiles, version);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Tiles beside each other.</summary>
    public int Columns { get; }

    /// <summary>Tiles above each other.</summary>
    public int Rows { get; }

    /// <summary>Why there is no picture; <see langword="null"/> if there is one.</summary>
    public string? Reason { get; }

    /// <summary>Grows with each change.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Pixels of a tile's width; fewer at the right edge.</summary>
    public int WidthOf(int column) => Math.Min(TileSize, Width - column * TileSize);

    /// <summary>Lines of a tile; fewer at the bottom.</summary>
    public int HeightOf(int row) => Math.Min(TileSize, Height - row * TileSize);

    /// <summary>Whether a tile has changed after a version that a viewer has seen, up to one of later.</summary>
    public bool HasChanged(int column, int row, long seen, long version)
    {
        lock (_gate)
            return _tiles[row * Columns + column] is var changed && changed > seen && changed <= version;
    }

    /// <summary>Copies a tile that has changed after a version that a viewer has seen.</summary>
    /// <param name="column">0 to <see cref="Columns"/> - 1.</param>
    /// <param name="row">0 to <see cref="Rows"/> - 1.</param>
    /// <param name="seen">The version.</param>
    /// <param name="tile">Receives its pixels, line by line without gaps, up to 4096: 0xXXRRGGBB, of which XX has no meaning.</param>
    /// <returns>Whether it has changed, and been copied.</returns>
    public bool TryCopy(int column, int row, long seen, Span<uint> tile)
    {
        (int width, int height) = (WidthOf(column), HeightOf(row));
        lock (_gate)
        {
            if (_tiles[row * Columns + column] <= seen)
                return false;
            int start = row * TileSize * Width + column * TileSize;
            for (int line = 0; line < height; line++)
                _pixels.AsSpan(start + line * Width, width).CopyTo(tile.Slice(line * width, width));
        }
        return true;
    }

    /// <summary>The whole picture, pixels as in <see cref="TryCopy"/>; only while no screen fills it.</summary>
    public uint[] Pixels => _pixels;

    /// <summary>Whether some of the lines show something else now. By its screen alone.</summary>
    /// <param name="scanout">A picture of this size.</param>
    /// <param name="first">The first of the lines.</param>
    /// <param name="step">From each of them to the next.</param>
    public bool Differs(in Scanout scanout, int first, int step)
    {
        uint[] converted = scanout.Format == PixelFormat.Xrgb8888 ? [] : new uint[Width];
        for (int y = first; y < Height; y += step)
        {
            // Without the lock: nobody else writes here.
            if (!PixelLines.Of(scanout, y, converted).SequenceEqual(_pixels.AsSpan(y * Width, Width)))
                return true;
        }
        return false;
    }

    /// <summary>Takes what a part of the screen shows now. By its screen alone.</summary>
    /// <param name="scanout">A picture of this size.</param>
    /// <param name="columns">Tiles from left.</param>
    /// <param name="rows">Tiles from above.</param>
    /// <returns>Whether anything is different.</returns>
    public bool Take(in Scanout scanout, Range columns, Range rows)
    {
        (int firstColumn, int lastColumn) = (columns.Start.GetOffset(Columns), columns.End.GetOffset(Columns));
        (int firstRow, int lastRow) = (rows.Start.GetOffset(Rows), rows.End.GetOffset(Rows));
        (int left, int right) = (firstColumn * TileSize, Math.Min(lastColumn * TileSize, Width));
        uint[] converted = scanout.Format == PixelFormat.Xrgb8888 ? [] : new uint[Width];
        long next = Version + 1;
        bool changed = false;
        for (int row = firstRow; row < lastRow; row++)
        {
            // A tile's height at a time, so that viewers wait for no more than that.
            lock (_gate)
            {
                for (int y = row * TileSize; y < row * TileSize + HeightOf(row); y++)
                {
                    ReadOnlySpan<uint> now = PixelLines.Of(scanout, y, converted)[left..right];
                    Span<uint> then = _pixels.AsSpan(y * Width + left, right - left);
                    if (now.SequenceEqual(then))
                        continue;
                    for (int column = firstColumn; column < lastColumn; column++)
                    {
                        (int start, int width) = (column * TileSize - left, WidthOf(column));
                        if (now.Slice(start, width).SequenceEqual(then.Slice(start, width)))
                            continue;
                        now.Slice(start, width).CopyTo(then.Slice(start, width));
                        _tiles[row * Columns + column] = next;
                        changed = true;
                    }
                }
            }
        }

        // Last: a viewer that had this version before all of its tiles would never ask for the rest.
        if (changed)
            Volatile.Write(ref _version, next);
        return changed;
    }
}
