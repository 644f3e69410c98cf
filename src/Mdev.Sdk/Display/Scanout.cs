using System.Globalization;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Display;

/// <summary>
/// Which memory a screen shows, and how. Made from what a guest has written, so anything may be in it: nonsense is no picture, and a
/// reason for people.
/// </summary>
public readonly record struct Scanout
{
    // As far as RFB can say it, and a texture of most viewers' graphics cards.
    internal const int MaxLength = 16384;

    private readonly MemoryRegion? _memory;
    private readonly ReadOnlyMemory<byte> _pixels;
    private readonly string? _reason;

    /// <summary>Shows memory that the guest draws to.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="offset">Bytes from its start to the first pixel.</param>
    /// <param name="width">Pixels, 1 to 16384.</param>
    /// <param name="height">Lines, 1 to 16384.</param>
    /// <param name="stride">Bytes from a line to the next, at least a line's.</param>
    /// <param name="format">How a pixel lies there.</param>
    public Scanout(MemoryRegion memory, long offset, int width, int height, long stride, PixelFormat format = PixelFormat.Xrgb8888)
    {
        ArgumentNullException.ThrowIfNull(memory);
        (_memory, Offset, Width, Height, Stride, Format) = (memory, offset, width, height, stride, format);
        _reason = Mistake(memory.Size);
    }

    /// <summary>Shows pixels of the device's own, which no guest maps.</summary>
    /// <param name="pixels">The pixels, line by line without gaps.</param>
    /// <param name="width">Pixels, 1 to 16384.</param>
    /// <param name="height">Lines, 1 to 16384.</param>
    /// <param name="format">How a pixel lies there.</param>
    public Scanout(ReadOnlyMemory<byte> pixels, int width, int height, PixelFormat format = PixelFormat.Xrgb8888)
    {
        (_pixels, Width, Height, Format) = (pixels, width, height, format);
        Stride = (long)width * BytesPerPixel;
        _reason = Mistake(pixels.Length);
    }

    private Scanout(string reason) => _reason = reason;

    /// <summary>The screen is off, which is no mistake.</summary>
    public static Scanout Off => default;

    /// <summary>The screen has no picture.</summary>
    /// <param name="reason">Why, for a log: what the guest did wrong.</param>
    public static Scanout Invalid(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(reason);
    }

    /// <summary>Pixels.</summary>
    public int Width { get; }

    /// <summary>Lines.</summary>
    public int Height { get; }

    /// <summary>Bytes from the start of the memory to the first pixel.</summary>
    public long Offset { get; }

    /// <summary>Bytes from a line to the next.</summary>
    public long Stride { get; }

    /// <summary>How a pixel lies in memory.</summary>
    public PixelFormat Format { get; }

    /// <summary>Whether there is a picture.</summary>
    public bool IsOn => _reason is null && (_memory is not null || !_pixels.IsEmpty);

    /// <summary>Why there is none; <see langword="null"/> if there is, or if the screen is just off.</summary>
    public string? Mistaken => _reason;

    internal int BytesPerPixel => Format == PixelFormat.Rgb565 ? 2 : 4;

    /// <summary>The bytes of one line. Only of a picture that is on, and while its device lives.</summary>
    internal ReadOnlySpan<byte> Line(int y)
    {
        (long start, int length) = (Offset + y * Stride, Width * BytesPerPixel);
        return _memory is { } memory ? memory.Slice(start, length) : _pixels.Span.Slice((int)start, length);
    }

    private string? Mistake(long size)
    {
        if (Width is < 1 or > MaxLength || Height is < 1 or > MaxLength)
            return Text($"{Width}x{Height} is no size of a screen");
        long line = (long)Width * BytesPerPixel;
        if (Stride < line)
            return Text($"a line of {line} bytes does not fit into a stride of {Stride}");

        // By division: a guest's numbers may overflow what they are multiplied to.
        bool fits = Offset >= 0 && Offset <= size - line && (size - line - Offset) / Stride >= Height - 1;
        return fits ? null : Text($"{Width}x{Height} with a stride of {Stride} at offset {Offset} ends beyond the memory of {size} bytes");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
