using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Mdev.Devices.Tests.Rfb;

/// <summary>A PNG file of 8 bits a colour, not interlaced. Source: the PNG specification, third edition.</summary>
internal sealed class PngPicture
{
    private readonly byte[] _pixels;
    private readonly int _bytesPerPixel;

    public PngPicture(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], file[..8]);
        using var compressed = new MemoryStream();
        for (int place = 8; place < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(place));
            ReadOnlySpan<byte> data = file.AsSpan(place + 8, length);
            string type = Encoding.ASCII.GetString(file, place + 4, 4);
            if (type == "IHDR")
            {
                (Width, Height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                Assert.True(data[8] == 8 && data[9] is 2 or 6 && data[12] == 0, "It is of another kind.");
                _bytesPerPixel = data[9] == 2 ? 3 : 4;
            }
            else if (type == "IDAT")
            {
                compressed.Write(data);
            }
            place += 12 + length;
        }

        compressed.Position = 0;
        using var lines = new ZLibStream(compressed, CompressionMode.Decompress);
        int stride = Width * _bytesPerPixel;
        _pixels = new byte[stride * Height];
        for (int y = 0; y < Height; y++)
        {
            int filter = lines.ReadByte();
            lines.ReadExactly(_pixels, y * stride, stride);
            for (int i = y * stride; i < (y + 1) * stride; i++)
                _pixels[i] += Predicted(filter, i, y * stride, stride);
        }
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>0xRRGGBB.</summary>
    public uint this[int x, int y]
    {
        get
        {
            ReadOnlySpan<byte> pixel = _pixels.AsSpan((y * Width + x) * _bytesPerPixel, 3);
            return (uint)(pixel[0] << 16 | pixel[1] << 8 | pixel[2]);
        }
    }

    private byte Predicted(int filter, int place, int line, int stride)
    {
        bool hasLeft = place - line >= _bytesPerPixel, hasUp = line > 0;
        int left = hasLeft ? _pixels[place - _bytesPerPixel] : 0, up = hasUp ? _pixels[place - stride] : 0;
        int corner = hasLeft && hasUp ? _pixels[place - stride - _bytesPerPixel] : 0;
        (int toLeft, int toUp, int toCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - 2 * corner));
        return (byte)(filter switch
        {
            0 => 0,
            1 => left,
            2 => up,
            3 => (left + up) / 2,
            4 => toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner,
            _ => throw new InvalidDataException($"{filter} is no filter."),
        });
    }
}
