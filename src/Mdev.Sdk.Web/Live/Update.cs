using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Mdev.Sdk.Display.Screens;

namespace Mdev.Sdk.Web.Live;

/// <summary>An update as it is sent, put together part by part in the order of <see cref="LiveProtocol"/>.</summary>
/// <remarks>Its memory is borrowed: a viewer that waits has none.</remarks>
internal sealed class Update : IDisposable
{
    private const int TileHead = 4;
    private const int Tile = TileHead + ScreenFrame.TileSize * ScreenFrame.TileSize * sizeof(uint);

    // Of what does not get smaller, zlib makes stored blocks: 5 bytes each, and 6 around all.
    private const int Head = 64 << 10;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Head);
    private int _length = 1;

    /// <summary>What there is.</summary>
    public UpdateParts Parts { get; private set; }

    /// <summary>The message.</summary>
    public ReadOnlyMemory<byte> Message
    {
        get
        {
            _bytes[0] = (byte)Parts;
            return _bytes.AsMemory(0, _length);
        }
    }

    public void AddMode(ScreenFrame frame)
    {
        Parts |= UpdateParts.Mode;
        Add16(frame.Width);
        Add16(frame.Height);
        byte[] reason = Encoding.UTF8.GetBytes(Cut(frame.Reason ?? ""));
        Add16(reason.Length);
        Add(reason);
    }

    public void AddLog(string lines, long dropped)
    {
        Parts |= UpdateParts.Log;
        Add32((uint)Math.Min(dropped, uint.MaxValue));
        byte[] text = Encoding.UTF8.GetBytes(lines);
        Add32((uint)text.Length);
        Add(text);
    }

    /// <param name="frame">The picture.</param>
    /// <param name="seen">What the viewer has of it.</param>
    /// <param name="next">The next tile, line by line.</param>
    /// <returns>The tile after the last one that has been looked at; all of them if the picture is whole with this.</returns>
    public int AddPixels(ScreenFrame frame, long seen, int next)
    {
        Parts |= UpdateParts.Pixels;
        int count = frame.Columns * frame.Rows;
        byte[] tiles = ArrayPool<byte>.Shared.Rent(LiveProtocol.MostTiles * Tile);
        try
        {
            int length = 0;
            for (int left = LiveProtocol.MostTiles; next < count && left > 0; next++)
            {
                int written = Put(frame, next % frame.Columns, next / frame.Columns, seen, tiles.AsSpan(length));
                length += written;
                left -= written > 0 ? 1 : 0;
            }

            int head = _length;
            Add([0, next == count ? (byte)1 : (byte)0]);
            if (length > 0 && TryCompress(tiles.AsSpan(0, length)))
                _bytes[head] = 1;
            else
                Add(tiles.AsSpan(0, length));
            return next;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(tiles);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    // Returns the bytes of the tile; none if the viewer has it.
    private static int Put(ScreenFrame frame, int column, int row, long seen, Span<byte> room)
    {
        int length = frame.WidthOf(column) * frame.HeightOf(row);
        Span<uint> pixels = stackalloc uint[ScreenFrame.TileSize * ScreenFrame.TileSize];
        if (!frame.TryCopy(column, row, seen, pixels))
            return 0;
        BinaryPrimitives.WriteUInt16LittleEndian(room, (ushort)column);
        BinaryPrimitives.WriteUInt16LittleEndian(room[2..], (ushort)row);
        for (int i = 0; i < length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(room[(TileHead + 4 * i)..], Rgba(pixels[i]));
        return TileHead + 4 * length;
    }

    // From 0xXXRRGGBB to bytes in the order that a canvas has them, opaque.
    private static uint Rgba(uint pixel) => 0xff00_0000 | (pixel & 0xff) << 16 | (pixel & 0xff00) | (pixel >> 16 & 0xff);

    // Also on loop-back, where it costs twice as much as it saves there: the far end of an ssh tunnel looks the same.
    private bool TryCompress(ReadOnlySpan<byte> tiles)
    {
        Reserve(tiles.Length + Head);
        using var stream = new MemoryStream(_bytes, _length, _bytes.Length - _length);
        using (var zlib = new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(tiles);
        if (stream.Position >= tiles.Length)
            return false;
        _length += (int)stream.Position;
        return true;
    }

    private static string Cut(string text) => text.Length <= LiveProtocol.LongestLine ? text : text[..LiveProtocol.LongestLine];

    private void Add16(int value)
    {
        Reserve(2);
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(_length), (ushort)value);
        _length += 2;
    }

    private void Add32(uint value)
    {
        Reserve(4);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(_length), value);
        _length += 4;
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length >= count)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(_length + count);
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
