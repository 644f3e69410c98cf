using System.Buffers.Binary;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>How a viewer wants pixels. Source: RFC 6143, section 7.4.</summary>
/// <param name="BitsPerPixel">8, 16 or 32.</param>
/// <param name="Depth">How many of them mean something.</param>
/// <param name="IsBigEndian">Whether a pixel's most significant byte comes first.</param>
/// <param name="Red">The red ones.</param>
/// <param name="Green">The green ones.</param>
/// <param name="Blue">The blue ones.</param>
internal readonly record struct RfbPixelFormat(
    int BitsPerPixel, int Depth, bool IsBigEndian, RfbChannel Red, RfbChannel Green, RfbChannel Blue)
{
    /// <summary>Bytes of it in a message.</summary>
    public const int Size = 16;

    /// <summary>What a frame has: 0xXXRRGGBB, least significant byte first.</summary>
    public static RfbPixelFormat OfFrame => new(32, 24, IsBigEndian: false, new(255, 16), new(255, 8), new(255, 0));

    /// <summary>Whether three bytes of four say all of a pixel, and ZRLE sends those alone. Source: RFC 6143, section 7.7.5.</summary>
    public bool IsCompact => BitsPerPixel == 32 && Depth <= 24 && (FitsLowBytes || (Bits & 0xff) == 0);

    /// <summary>Whether they are the least significant ones; else those of an <see cref="IsCompact"/> pixel are the most significant ones.</summary>
    public bool FitsLowBytes => Bits <= 0xff_ffff;

    private ulong Bits => Red.Bits | Green.Bits | Blue.Bits;

    /// <summary>Reads one.</summary>
    /// <param name="source">Its 16 bytes.</param>
    /// <param name="format">The format, if it is one.</param>
    /// <returns>What is wrong; <see langword="null"/> if nothing is.</returns>
    public static string? TryRead(ReadOnlySpan<byte> source, out RfbPixelFormat format)
    {
        format = new(
            source[0], source[1], source[2] != 0,
            RfbChannel.Read(source[4..], source[10]), RfbChannel.Read(source[6..], source[11]), RfbChannel.Read(source[8..], source[12]));
        if (format.BitsPerPixel is not (8 or 16 or 32))
            return "pixels of neither 8, 16 nor 32 bits";
        if (source[3] == 0)
            return "pixels by a colour map, which are not served";
        bool areInside = format.Red.Shift < 32 && format.Green.Shift < 32 && format.Blue.Shift < 32;
        return areInside && format.Bits >> format.BitsPerPixel == 0 ? null : "colours that do not fit into a pixel";
    }

    /// <summary>Writes it.</summary>
    /// <param name="destination">Receives its 16 bytes.</param>
    public void Write(Span<byte> destination)
    {
        destination[..Size].Clear();
        (destination[0], destination[1], destination[2], destination[3]) = ((byte)BitsPerPixel, (byte)Depth, (byte)(IsBigEndian ? 1 : 0), 1);
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], Red.Max);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], Green.Max);
        BinaryPrimitives.WriteUInt16BigEndian(destination[8..], Blue.Max);
        (destination[10], destination[11], destination[12]) = (Red.Shift, Green.Shift, Blue.Shift);
    }
}
