using System.IO.Compression;

namespace Mdev.Devices.Tests.Rfb;

/// <summary>Reads ZRLE's rectangles, which are one stream of zlib's. Source: RFC 6143, section 7.7.6.</summary>
internal sealed class ZrleReader : IDisposable
{
    private readonly Feed _feed = new();
    private readonly ZLibStream _stream;

    public ZrleReader() => _stream = new ZLibStream(_feed, CompressionMode.Decompress);

    /// <summary>How many tiles came in each subencoding.</summary>
    public Dictionary<string, int> Tiles { get; } = [];

    public void Read(byte[] compressed, ViewerFormat format, int width, int height, Action<int, int, uint> set)
    {
        _feed.Give(compressed);
        for (int top = 0; top < height; top += 64)
        {
            for (int left = 0; left < width; left += 64)
                ReadTile(format, Math.Min(64, width - left), Math.Min(64, height - top), (x, y, pixel) => set(left + x, top + y, pixel));
        }
        Assert.Equal(0, _feed.Left);
    }

    public void Dispose() => _stream.Dispose();

    private void ReadTile(ViewerFormat format, int width, int height, Action<int, int, uint> set)
    {
        int kind = Byte();
        Assert.True(kind is <= 16 or 128 or >= 130, $"{kind} is no subencoding.");
        string name = kind switch { 0 => "raw", 1 => "solid", <= 16 => "packed", 128 => "runs", _ => "palette runs" };
        Tiles[name] = Tiles.GetValueOrDefault(name) + 1;
        uint[] palette = new uint[kind switch { 0 or 128 => 0, < 128 => kind, _ => kind - 128 }];
        for (int i = 0; i < palette.Length; i++)
            palette[i] = Pixel(format);

        if (kind is > 1 and <= 16)
        {
            int bits = kind == 2 ? 1 : kind <= 4 ? 2 : 4;
            for (int y = 0; y < height; y++)
            {
                int packed = 0;
                for (int x = 0; x < width; x++)
                {
                    int place = x * bits % 8;
                    if (place == 0)
                        packed = Byte();
                    set(x, y, palette[(packed >> (8 - bits - place)) & ((1 << bits) - 1)]);
                }
            }
            return;
        }

        for (int i = 0; i < width * height;)
        {
            (uint pixel, int length) = kind switch
            {
                0 => (Pixel(format), 1),
                1 => (palette[0], width * height),
                128 => (Pixel(format), Length()),
                _ => Indexed(palette),
            };
            Assert.True(i + length <= width * height, "A run is longer than its tile.");
            for (int end = i + length; i < end; i++)
                set(i % width, i / width, pixel);
        }
    }

    private (uint Pixel, int Length) Indexed(uint[] palette)
    {
        int index = Byte();
        return index < 128 ? (palette[index], 1) : (palette[index - 128], Length());
    }

    private int Length()
    {
        int length = 1;
        while (true)
        {
            int more = Byte();
            length += more;
            if (more != 255)
                return length;
        }
    }

    private uint Pixel(ViewerFormat format)
    {
        Span<byte> bytes = stackalloc byte[format.CompactBytes];
        _stream.ReadExactly(bytes);
        return format.Pixel(bytes);
    }

    private int Byte()
    {
        int value = _stream.ReadByte();
        return value >= 0 ? value : throw new EndOfStreamException("A rectangle's bytes do not say all of its tiles.");
    }

    private sealed class Feed : Stream
    {
        private readonly MemoryStream _bytes = new();

        public long Left => _bytes.Length - _bytes.Position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void Give(byte[] bytes)
        {
            _bytes.SetLength(0);
            _bytes.Write(bytes);
            _bytes.Position = 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => _bytes.Read(buffer, offset, count);

        public override int Read(Span<byte> buffer) => _bytes.Read(buffer);

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
