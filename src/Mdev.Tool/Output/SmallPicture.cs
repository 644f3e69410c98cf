using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using Spectre.Console;
using Spectre.Console.Rendering;
using Color = Spectre.Console.Color;

namespace Mdev.Tool.Output;

/// <summary>A picture as wide as the terminal at most: two pixels in a character, or shades where there are no colours.</summary>
internal sealed class SmallPicture(Image<Bgra32> picture) : IRenderable
{
    private const int MaxColumns = 100;
    private const string Shades = " .:-=+*#%@";

    public Measurement Measure(RenderOptions options, int maxWidth) => new(1, Math.Min(maxWidth, MaxColumns));

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int columns = Math.Clamp(Math.Min(maxWidth, MaxColumns), 1, picture.Width);

        // A character is twice as high as wide, so its halves are square.
        int rows = Math.Max(1, columns * picture.Height / picture.Width / 2);
        using Image<Bgra32> small = picture.Clone(p => p.Resize(columns, 2 * rows));
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                yield return Character(At(small, column, 2 * row), At(small, column, 2 * row + 1), options.Ansi ? options.ColorSystem : ColorSystem.NoColors);
            yield return Segment.LineBreak;
        }
    }

    private static Segment Character(Color upper, Color lower, ColorSystem colours)
    {
        if (colours != ColorSystem.NoColors)
            return new Segment("▀", new Style(upper, lower));
        return new Segment(Shades[(Brightness(upper) + Brightness(lower)) * (Shades.Length - 1) / (2 * byte.MaxValue)].ToString());
    }

    // Source: ITU-R BT.601, the weights of red, green and blue.
    private static int Brightness(Color colour) => (299 * colour.R + 587 * colour.G + 114 * colour.B) / 1000;

    private static Color At(Image<Bgra32> small, int x, int y)
    {
        Bgra32 pixel = small[x, y];
        return new Color(pixel.R, pixel.G, pixel.B);
    }
}
