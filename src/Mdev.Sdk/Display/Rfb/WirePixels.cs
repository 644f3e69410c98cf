using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>
/// A frame's pixels as they go over the wire: numbers whose bytes, least significant first, are the ones to send. What a format does to
/// a pixel it does to each of its colours alone, so a look-up for each is all there is.
/// </summary>
internal sealed class WirePixels
{
    private readonly uint[] _red = new uint[256], _green = new uint[256], _blue = new uint[256];
    private readonly bool _isSame;

    /// <param name="format">What the viewer wants.</param>
    /// <param name="compact">Whether a byte without meaning is left out: ZRLE's CPIXEL. Source: RFC 6143, section 7.7.5.</param>
    public WirePixels(in RfbPixelFormat format, bool compact)
    {
        compact &= format.IsCompact;
        BytesPerPixel = compact ? 3 : format.BitsPerPixel / 8;
        for (int value = 0; value < 256; value++)
        {
            _red[value] = OnWire(format.Red.Place(value), format, compact);
            _green[value] = OnWire(format.Green.Place(value), format, compact);
            _blue[value] = OnWire(format.Blue.Place(value), format, compact);
        }
        _isSame = _red[255] == 0xff_0000 && _green[255] == 0xff00 && _blue[255] == 0xff && format.Red.Max == 255
            && format.Green.Max == 255 && format.Blue.Max == 255;
    }

    /// <summary>Bytes of one to send, 1 to 4.</summary>
    public int BytesPerPixel { get; }

    /// <summary>Converts a frame's pixels.</summary>
    /// <param name="pixels">They; each becomes what goes over the wire.</param>
    public void Convert(Span<uint> pixels)
    {
        if (_isSame)
        {
            foreach (ref uint pixel in pixels)
                pixel &= 0xff_ffff;
            return;
        }
        foreach (ref uint pixel in pixels)
            pixel = _red[(byte)(pixel >> 16)] | _green[(byte)(pixel >> 8)] | _blue[(byte)pixel];
    }

    /// <summary>Writes converted pixels.</summary>
    /// <param name="pixels">They.</param>
    /// <param name="destination">Receives <see cref="BytesPerPixel"/> for each.</param>
    public void Write(ReadOnlySpan<uint> pixels, Span<byte> destination)
    {
        switch (BytesPerPixel)
        {
            case 1:
                for (int i = 0; i < pixels.Length; i++)
                    destination[i] = (byte)pixels[i];
                break;
            case 2:
                Span<ushort> words = MemoryMarshal.Cast<byte, ushort>(destination)[..pixels.Length];
                for (int i = 0; i < words.Length; i++)
                    words[i] = (ushort)pixels[i];
                break;
            case 3:
                for (int i = 0; i < pixels.Length; i++)
                    WriteThree(pixels[i], destination.Slice(i * 3, 3));
                break;
            default:
                MemoryMarshal.AsBytes(pixels).CopyTo(destination);
                break;
        }
    }

    /// <summary>Writes one converted pixel.</summary>
    /// <returns>How many bytes.</returns>
    public int Write(uint pixel, Span<byte> destination)
    {
        for (int i = 0; i < BytesPerPixel; i++)
            destination[i] = (byte)(pixel >> (8 * i));
        return BytesPerPixel;
    }

    private static void WriteThree(uint pixel, Span<byte> destination) =>
        (destination[2], destination[1], destination[0]) = ((byte)(pixel >> 16), (byte)(pixel >> 8), (byte)pixel);

    private static uint OnWire(uint value, in RfbPixelFormat format, bool compact)
    {
        if (format.IsBigEndian)
            value = BinaryPrimitives.ReverseEndianness(value << (32 - format.BitsPerPixel));
        if (!compact)
            return value;

        // Of four bytes either the first or the last one is left out.
        return format.FitsLowBytes == format.IsBigEndian ? value >> 8 : value & 0xff_ffff;
    }
}
