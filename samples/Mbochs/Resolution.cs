using System.Globalization;

namespace Mbochs;

/// <summary>A monitor's size in pixels.</summary>
public sealed record Resolution(int Width, int Height)
{
    public const int Min = 64;

    /// <summary>Reads <c>1024x768</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Resolution Parse(string text) =>
        text.Split('x') is [var width, var height]
            && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out int w) && w is >= Min and <= Edid.MaxLength
            && int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out int h) && h is >= Min and <= Edid.MaxLength
            ? new(w, h)
            : throw new FormatException($"'{text}' is no resolution such as 1024x768, {Min} to {Edid.MaxLength} each way.");

    /// <summary>Itself, if it is not larger than a type allows.</summary>
    /// <exception cref="MdevException">EINVAL: it is.</exception>
    public Resolution Within(int width, int height) =>
        width != 0 && (Width > width || Height > height)
            ? throw new MdevException(Errno.EINVAL, $"This type's monitors have at most {width}x{height}, not {this}.")
            : this;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");
}
