using System.Buffers.Binary;
using System.Text;

namespace Mdev.Sdk.Display;

/// <summary>
/// What a monitor says of itself: a base block of 128 bytes. Source: VESA Enhanced EDID Standard, release A, revision 2 (EDID 1.4); blanking by
/// VESA Coordinated Video Timings 1.2, reduced blanking.
/// </summary>
public static class Edid
{
    /// <summary>Pixels that a monitor has at most, each way: a detailed timing has 12 bits for them.</summary>
    public const int MaxLength = 4095;

    private const int BlockSize = 128;
    private const int RefreshRate = 60;

    // Established timings III and standard timings would say the same of these; a monitor lists at most eight.
    private static readonly (int Width, int Height)[] s_standard =
        [(1920, 1200), (1920, 1080), (1600, 1200), (1680, 1050), (1280, 1024), (1440, 900), (1280, 800), (1280, 720)];

    // Established timings I and II at 60 Hz: byte, bit.
    private static readonly (int Width, int Height, int Byte, byte Bit)[] s_established =
        [(640, 480, 35, 0x20), (800, 600, 35, 0x01), (1024, 768, 36, 0x08)];

    /// <summary>The EDID of a flat monitor that shows one resolution best, and smaller ones.</summary>
    /// <param name="width">Pixels, 64 to 4095.</param>
    /// <param name="height">Lines, 64 to 4095.</param>
    /// <param name="name">The monitor's name: ASCII, at most 13 characters are kept.</param>
    /// <returns>128 bytes.</returns>
    public static byte[] Of(int width, int height, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaxLength);

        byte[] edid = new byte[BlockSize];
        edid.AsSpan(1, 6).Fill(0xff);
        BinaryPrimitives.WriteUInt16BigEndian(edid.AsSpan(8), Letters("MDV"));
        (edid[16], edid[17]) = (0xff, 2026 - 1990); // model year
        (edid[18], edid[19]) = (1, 4);
        (edid[20], edid[23], edid[24]) = (0xa0, 120, 0x06); // digital, 8 bits a colour; gamma 2.2; sRGB, the first timing is the best
        (edid[21], edid[22]) = (Centimetres(width), Centimetres(height));

        // The chromaticities of sRGB.
        ((ReadOnlySpan<byte>)[0xee, 0x91, 0xa3, 0x54, 0x4c, 0x99, 0x26, 0x0f, 0x50, 0x54]).CopyTo(edid.AsSpan(25));
        foreach ((int w, int h, int position, byte bit) in s_established)
            edid[position] |= w <= width && h <= height ? bit : (byte)0;
        WriteStandardTimings(edid.AsSpan(38, 16), width, height);
        WriteDetailedTiming(edid.AsSpan(54, 18), width, height);
        WriteName(edid.AsSpan(72, 18), name);
        edid[90 + 3] = edid[108 + 3] = 0x10; // two descriptors that say nothing
        edid[127] = Checksum(edid);
        return edid;
    }

    // Five bits a letter, A is 1.
    private static ushort Letters(string id) => (ushort)((id[0] - '@') << 10 | (id[1] - '@') << 5 | (id[2] - '@'));

    // At 96 pixels an inch.
    private static byte Centimetres(int pixels) => (byte)Math.Clamp(pixels * 2.54 / 96, 1, 255);

    private static void WriteStandardTimings(Span<byte> timings, int width, int height)
    {
        timings.Fill(0x01); // unused
        int next = 0;
        foreach ((int w, int h) in s_standard)
        {
            if (w > width || h > height)
                continue;
            int aspect = w * 10 == h * 16 ? 0 : w * 3 == h * 4 ? 1 : w * 4 == h * 5 ? 2 : 3;
            timings[next++] = (byte)(w / 8 - 31);
            timings[next++] = (byte)(aspect << 6 | (RefreshRate - 60));
        }
    }

    private static void WriteDetailedTiming(Span<byte> timing, int width, int height)
    {
        const int horizontalBlank = 160, horizontalFront = 48, horizontalSync = 32, verticalFront = 3;
        int verticalSync = SyncOf(width, height);

        // At least 460 us of vertical blanking.
        double line = (1e6 / RefreshRate - 460) / height;
        int verticalBlank = Math.Max((int)(460 / line) + 1, verticalFront + verticalSync + 6);
        long clock = (long)(width + horizontalBlank) * (height + verticalBlank) * RefreshRate / 10_000;

        // What does not fit is said to be slower: nobody measures it.
        BinaryPrimitives.WriteUInt16LittleEndian(timing, (ushort)Math.Min(clock, ushort.MaxValue));
        (timing[2], timing[3], timing[4]) = ((byte)width, horizontalBlank, (byte)(width >> 8 << 4));
        (timing[5], timing[6], timing[7]) = ((byte)height, (byte)verticalBlank, (byte)(height >> 8 << 4 | verticalBlank >> 8));
        (timing[8], timing[9], timing[10]) = (horizontalFront, horizontalSync, (byte)(verticalFront << 4 | verticalSync));
        (int w, int h) = (10 * Centimetres(width), 10 * Centimetres(height));
        (timing[12], timing[13], timing[14]) = ((byte)w, (byte)h, (byte)(w >> 8 << 4 | h >> 8));
        timing[17] = 0x1a; // digital separate sync, positive horizontal one
    }

    // The width of the vertical sync says the aspect ratio. Source: Coordinated Video Timings 1.2, table 3-2.
    private static int SyncOf(int width, int height) => (width * 3 == height * 4, width * 9 == height * 16, width * 10 == height * 16) switch
    {
        (true, _, _) => 4,
        (_, true, _) => 5,
        (_, _, true) => 6,
        _ => width * 4 == height * 5 || width * 9 == height * 15 ? 7 : 10,
    };

    private static void WriteName(Span<byte> descriptor, string name)
    {
        descriptor[3] = 0xfc;
        Span<byte> text = descriptor[5..];
        text.Fill((byte)' ');
        int length = Encoding.ASCII.GetBytes(name.AsSpan(0, Math.Min(name.Length, text.Length)), text);
        if (length < text.Length)
            text[length] = (byte)'\n';
    }

    private static byte Checksum(ReadOnlySpan<byte> block)
    {
        int sum = 0;
        foreach (byte value in block)
            sum += value;
        return (byte)-sum;
    }
}
