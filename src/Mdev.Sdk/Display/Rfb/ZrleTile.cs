using Mdev.Sdk.Display.Screens;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>
/// Says a tile in the subencoding that takes the fewest bytes, before they are compressed. Source: RFC 6143, section 7.7.6.
/// </summary>
internal sealed class ZrleTile
{
    private const byte Raw = 0, PlainRuns = 128;

    // The largest palette whose pixels are packed into less than a byte.
    private const int MostPacked = 16;

    private readonly TilePalette _palette = new();
    private readonly byte[] _bytes = new byte[1 + ScreenFrame.TileSize * ScreenFrame.TileSize * 4];
    private int _length;

    /// <summary>Encodes a tile.</summary>
    /// <param name="pixels">Its pixels, line by line, as they go over the wire.</param>
    /// <param name="width">Pixels of a line.</param>
    /// <param name="wire">How they are written.</param>
    /// <returns>What is to be compressed; good until the next call.</returns>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<uint> pixels, int width, WirePixels wire)
    {
        _length = 0;
        (int plain, int indexed) = Survey(pixels, wire.BytesPerPixel);
        if (_palette.Count == 1)
        {
            Add(1);
            Add(pixels[0], wire);
            return _bytes.AsSpan(0, _length);
        }

        int raw = pixels.Length * wire.BytesPerPixel;
        int colours = _palette.Count * wire.BytesPerPixel;
        int packed = _palette.Count > MostPacked ? int.MaxValue : colours + pixels.Length / width * PackedLine(width);
        indexed = _palette.Count > TilePalette.Most ? int.MaxValue : colours + indexed;
        if (raw <= Math.Min(plain, Math.Min(packed, indexed)))
            AddRaw(pixels, wire);
        else if (packed <= Math.Min(plain, indexed))
            AddPacked(pixels, width, wire);
        else
            AddRuns(pixels, wire, isIndexed: indexed <= plain);
        return _bytes.AsSpan(0, _length);
    }

    // Fills the palette; the bytes of all runs, with their colours and with numbers of colours.
    private (int Plain, int Indexed) Survey(ReadOnlySpan<uint> pixels, int bytesPerPixel)
    {
        _palette.Clear();
        (int plain, int indexed) = (0, 0);
        for (int start = 0; start < pixels.Length;)
        {
            int length = RunAt(pixels, start);
            _palette.Add(pixels[start]);
            int more = (length - 1) / 255 + 1;
            plain += bytesPerPixel + more;
            indexed += length == 1 ? 1 : 1 + more;
            start += length;
        }
        return (plain, indexed);
    }

    private void AddRaw(ReadOnlySpan<uint> pixels, WirePixels wire)
    {
        Add(Raw);
        wire.Write(pixels, _bytes.AsSpan(_length));
        _length += pixels.Length * wire.BytesPerPixel;
    }

    // Each line begins a byte.
    private void AddPacked(ReadOnlySpan<uint> pixels, int width, WirePixels wire)
    {
        Add((byte)_palette.Count);
        AddColours(wire);
        int bits = PackedBits;
        for (; !pixels.IsEmpty; pixels = pixels[width..])
        {
            (int packed, int free) = (0, 8);
            foreach (uint pixel in pixels[..width])
            {
                free -= bits;
                packed |= _palette.IndexOf(pixel) << free;
                if (free > 0)
                    continue;
                Add((byte)packed);
                (packed, free) = (0, 8);
            }
            if (free < 8)
                Add((byte)packed);
        }
    }

    private void AddRuns(ReadOnlySpan<uint> pixels, WirePixels wire, bool isIndexed)
    {
        Add((byte)(isIndexed ? PlainRuns + _palette.Count : PlainRuns));
        if (isIndexed)
            AddColours(wire);
        for (int start = 0; start < pixels.Length;)
        {
            int length = RunAt(pixels, start);
            if (!isIndexed)
                Add(pixels[start], wire);
            else
                Add((byte)(_palette.IndexOf(pixels[start]) | (length > 1 ? 0x80 : 0)));
            if (!isIndexed || length > 1)
                AddLength(length);
            start += length;
        }
    }

    // One less than it, as a sum of bytes, the last of which is not 255.
    private void AddLength(int length)
    {
        int left = length - 1;
        for (; left >= 255; left -= 255)
            Add(255);
        Add((byte)left);
    }

    private void AddColours(WirePixels wire)
    {
        foreach (uint colour in _palette.Colours)
            Add(colour, wire);
    }

    private void Add(byte value) => _bytes[_length++] = value;

    private void Add(uint pixel, WirePixels wire) => _length += wire.Write(pixel, _bytes.AsSpan(_length));

    private int PackedBits => _palette.Count switch
    {
        2 => 1,
        <= 4 => 2,
        _ => 4,
    };

    private int PackedLine(int width) => (width * PackedBits + 7) / 8;

    private static int RunAt(ReadOnlySpan<uint> pixels, int start)
    {
        int end = start + 1;
        while (end < pixels.Length && pixels[end] == pixels[start])
            end++;
        return end - start;
    }
}
