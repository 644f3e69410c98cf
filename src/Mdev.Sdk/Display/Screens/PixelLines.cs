using System.Runtime.InteropServices;

namespace Mdev.Sdk.Display.Screens;

/// <summary>Lines of any format as 0xXXRRGGBB; what the first byte is has no meaning.</summary>
internal static class PixelLines
{
    /// <param name="scanout">A picture that is on.</param>
    /// <param name="y">The line.</param>
    /// <param name="room">Where it is converted to, if it has to be.</param>
    public static ReadOnlySpan<uint> Of(in Scanout scanout, int y, uint[] room)
    {
        ReadOnlySpan<byte> line = scanout.Line(y);
        if (scanout.Format == PixelFormat.Xrgb8888)
            return MemoryMarshal.Cast<byte, uint>(line);

        ReadOnlySpan<ushort> pixels = MemoryMarshal.Cast<byte, ushort>(line);
        for (int x = 0; x < pixels.Length; x++)
            room[x] = Of565(pixels[x]);
        return room;
    }

    // The upper bits again below, so that the brightest value is the brightest one there too.
    private static uint Of565(uint pixel)
    {
        (uint red, uint green, uint blue) = (pixel >> 11, (pixel >> 5) & 0x3f, pixel & 0x1f);
        return ((red << 3 | red >> 2) << 16) | ((green << 2 | green >> 4) << 8) | (blue << 3 | blue >> 2);
    }
}
