using System.Buffers.Binary;
using System.IO.Compression;
using Mdev.Sdk.Display.Screens;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>
/// Writes the rectangles of a viewer's updates. One a connection: ZRLE's are one stream of zlib's, which goes on from each to the next.
/// Source: RFC 6143, sections 7.6.1, 7.7.1 and 7.7.6.
/// </summary>
/// <param name="output">Where to, an update after the other.</param>
internal sealed class RectangleWriter(MemoryStream output) : IDisposable
{
    /// <summary>As many tiles as a rectangle may have beside each other, which bounds what a viewer costs.</summary>
    public const int MostTiles = 16;

    private const int Size = ScreenFrame.TileSize;

    private readonly uint[] _tile = new uint[Size * Size];
    private readonly ZrleTile _zrle = new();
    private ZLibStream? _compressor;
    private byte[] _lines = [];

    /// <summary>Begins an update.</summary>
    /// <param name="rectangles">How many follow.</param>
    public void Begin(int rectangles)
    {
        Span<byte> head = stackalloc byte[4];
        head.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)rectangles);
        output.Write(head);
    }

    /// <summary>Tells the viewer its screen's size.</summary>
    public void WriteSize(int width, int height) => WriteHead(0, 0, width, height, RfbEncoding.DesktopSize);

    /// <summary>Writes tiles that lie beside each other.</summary>
    /// <param name="run">The tiles.</param>
    /// <param name="tiles">What they show.</param>
    /// <param name="settings">How the viewer wants them.</param>
    public void Write(TileRun run, ViewerTiles tiles, ViewerSettings settings)
    {
        (int left, int top) = (run.Column * Size, run.Row * Size);
        (int width, int height) = (Math.Min(run.Count * Size, tiles.Width - left), tiles.HeightOf(run.Row));
        WriteHead(left, top, width, height, settings.Encoding);
        if (settings.Encoding == RfbEncoding.Zrle)
            WriteZrle(run, tiles, settings.Zrle);
        else
            WriteRaw(run, tiles, settings.Raw, width * settings.Raw.BytesPerPixel, height);
    }

    public void Dispose() => _compressor?.Dispose();

    private void WriteRaw(TileRun run, ViewerTiles tiles, WirePixels wire, int stride, int height)
    {
        if (_lines.Length < stride * height)
            _lines = new byte[MostTiles * Size * Size * wire.BytesPerPixel];
        for (int tile = 0; tile < run.Count; tile++)
        {
            int width = tiles.WidthOf(run.Column + tile);
            Span<uint> pixels = Take(tiles, run.Column + tile, run.Row);
            wire.Convert(pixels);
            for (int y = 0; y < height; y++)
            {
                int start = y * stride + tile * Size * wire.BytesPerPixel;
                wire.Write(pixels.Slice(y * width, width), _lines.AsSpan(start, width * wire.BytesPerPixel));
            }
        }
        output.Write(_lines, 0, stride * height);
    }

    private void WriteZrle(TileRun run, ViewerTiles tiles, WirePixels wire)
    {
        Span<byte> length = stackalloc byte[4];
        int start = (int)output.Position;
        output.Write(length);
        _compressor ??= new ZLibStream(output, CompressionLevel.Fastest, leaveOpen: true);
        for (int tile = 0; tile < run.Count; tile++)
        {
            Span<uint> pixels = Take(tiles, run.Column + tile, run.Row);
            wire.Convert(pixels);
            _compressor.Write(_zrle.Encode(pixels, tiles.WidthOf(run.Column + tile), wire));
        }
        _compressor.Flush();
        BinaryPrimitives.WriteInt32BigEndian(output.GetBuffer().AsSpan(start), (int)output.Position - start - length.Length);
    }

    private Span<uint> Take(ViewerTiles tiles, int column, int row)
    {
        Span<uint> pixels = _tile.AsSpan(0, tiles.WidthOf(column) * tiles.HeightOf(row));
        tiles.Copy(column, row, pixels);
        return pixels;
    }

    private void WriteHead(int left, int top, int width, int height, RfbEncoding encoding)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)left);
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)top);
        BinaryPrimitives.WriteUInt16BigEndian(head[4..], (ushort)width);
        BinaryPrimitives.WriteUInt16BigEndian(head[6..], (ushort)height);
        BinaryPrimitives.WriteInt32BigEndian(head[8..], (int)encoding);
        output.Write(head);
    }
}
