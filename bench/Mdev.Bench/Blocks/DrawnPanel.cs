using System.Runtime.InteropServices;
using Mdev.Sdk;
using Mdev.Sdk.Device;
using Mdev.Sdk.Display;
using Mdev.Sdk.Pci;

namespace Mdev.Bench.Blocks;

/// <summary>A screen of 1024x768 in memory that a guest would map, of which a quarter can be drawn anew.</summary>
[PciDevice(0x1234, 0x0005, Class = 0x03_80_00)]
public sealed partial class DrawnPanel : PciDevice, IDisplay
{
    private const int Width = 1024, Height = 768;

    [Bar(0, BarKind.Memory32Prefetchable)] public MemoryRegion Vram { get; } = new(4 << 20);

    Scanout IDisplay.Scanout => new(Vram, 0, Width, Height, 4 * Width);

    /// <summary>
    /// Draws a quarter of the screen, each pixel unlike before: half of it a gradient, the other half lines like text's, black on white.
    /// </summary>
    internal void Draw(uint step)
    {
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(Vram.Slice(0, 4 * Width * Height));
        for (int y = 0; y < Height / 2; y++)
        {
            Span<uint> line = pixels.Slice(y * Width, Width / 2);
            for (int x = 0; x < line.Length; x++)
                line[x] = y < Height / 4 ? Gradient(x, y, step) : Glyph(x, y, step);
        }
    }

    /// <summary>The same in colours of chance, which nothing compresses.</summary>
    internal void DrawNoise(uint step)
    {
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(Vram.Slice(0, 4 * Width * Height));
        var random = new Random((int)step);
        for (int y = 0; y < Height / 2; y++)
            random.NextBytes(MemoryMarshal.AsBytes(pixels.Slice(y * Width, Width / 2)));
    }

    private static uint Gradient(int x, int y, uint step) =>
        ((uint)(x / 2) + step & 0xff) << 16 | ((uint)y + step & 0xff) << 8 | step & 0xff;

    // Eight pixels a character, sixteen a line of text: bits of a hash for its strokes.
    private static uint Glyph(int x, int y, uint step)
    {
        uint character = ((uint)(x / 8) * 0x9e3779b1 ^ (uint)(y / 16) * 0x85ebca6b ^ step * 0xc2b2ae35) * 0x27d4eb2f;
        bool isInk = y % 16 < 12 && (character >> ((x % 8 + y % 12 * 5) % 32) & 1) != 0 && x % 8 < 7;
        return isInk ? step & 0x3f : 0xffffff - (step & 0x3f);
    }
}
