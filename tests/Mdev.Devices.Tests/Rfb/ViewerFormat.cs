using System.Buffers.Binary;

namespace Mdev.Devices.Tests.Rfb;

/// <summary>A pixel format of a viewer's. Source: RFC 6143, section 7.4.</summary>
public sealed record ViewerFormat(
    int Bits, int Depth, bool BigEndian, int RedMax, int GreenMax, int BlueMax, int RedShift, int GreenShift, int BlueShift)
{
    public static ViewerFormat Usual { get; } = new(32, 24, false, 255, 255, 255, 16, 8, 0);

    public int Bytes => Bits / 8;

    public byte[] Message
    {
        get
        {
            byte[] message = new byte[20];
            (message[4], message[5], message[6], message[7]) = ((byte)Bits, (byte)Depth, (byte)(BigEndian ? 1 : 0), 1);
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(8), (ushort)RedMax);
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(10), (ushort)GreenMax);
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(12), (ushort)BlueMax);
            (message[14], message[15], message[16]) = ((byte)RedShift, (byte)GreenShift, (byte)BlueShift);
            return message;
        }
    }

    // A byte of four that no colour uses is left out of ZRLE's pixels: the first or the last one of the number.
    private bool IsCompact => Bits == 32 && Depth <= 24 && (Used <= 0xff_ffff || (Used & 0xff) == 0);

    private ulong Used => (Wide(RedMax) << RedShift) | (Wide(GreenMax) << GreenShift) | (Wide(BlueMax) << BlueShift);

    public static ViewerFormat Read(ReadOnlySpan<byte> bytes) => new(
        bytes[0], bytes[1], bytes[2] != 0, BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]),
        BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]), bytes[10], bytes[11], bytes[12]);

    /// <summary>What the pixel of a colour is, as a number.</summary>
    public uint Of(int red, int green, int blue) =>
        (Scale(red, RedMax) << RedShift) | (Scale(green, GreenMax) << GreenShift) | (Scale(blue, BlueMax) << BlueShift);

    public int CompactBytes => IsCompact ? 3 : Bytes;

    /// <summary>A pixel's number from its bytes; the bits without meaning are 0.</summary>
    public uint Pixel(ReadOnlySpan<byte> bytes)
    {
        bool isLow = Used <= 0xff_ffff;
        uint value = 0;
        for (int i = 0; i < bytes.Length; i++)
            value |= (uint)bytes[i] << (8 * (BigEndian ? bytes.Length - 1 - i : i));
        if (bytes.Length == 3 && !isLow)
            value <<= 8;
        return value & (uint)Used;
    }

    private static ulong Wide(int max) => (uint)max;

    private static uint Scale(int value, int max) => (uint)Math.Round(value * (double)max / 255, MidpointRounding.AwayFromZero);
}
