using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Mdev.Sdk.Display.Screens;

namespace Mdev.Sdk.Web.Serving;

/// <summary>A picture as every browser reads it, without compression. Source: Windows GDI, BITMAPFILEHEADER and BITMAPINFOHEADER.</summary>
internal static class Bitmap
{
    private const int HeaderSize = 54;

    public static byte[] Of(ScreenFrame frame)
    {
        ReadOnlySpan<byte> pixels = MemoryMarshal.AsBytes<uint>(frame.Pixels);
        byte[] bitmap = new byte[HeaderSize + pixels.Length];
        Span<byte> header = bitmap;
        "BM"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[2..], bitmap.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[10..], HeaderSize);
        BinaryPrimitives.WriteInt32LittleEndian(header[14..], HeaderSize - 14);
        BinaryPrimitives.WriteInt32LittleEndian(header[18..], frame.Width);
        BinaryPrimitives.WriteInt32LittleEndian(header[22..], -frame.Height); // from the top downward
        header[26] = 1;
        header[28] = 32; // bits a pixel: blue, green, red, and one without meaning
        pixels.CopyTo(header[HeaderSize..]);
        return bitmap;
    }
}
