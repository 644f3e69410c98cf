namespace Mdev.Sdk.Display;

/// <summary>
/// What a device tells of its screen by itself, so that nobody has to look for it: that its mode was set, and where it was drawn. May be
/// told from any thread.
/// </summary>
public sealed class ScreenHints
{
    private readonly Lock _gate = new();
    private int _left, _top, _right, _bottom;

    /// <summary>
    /// Whether each change of a pixel is told by <see cref="Drawn"/>: then nothing is ever compared. It cannot be where a guest maps the
    /// memory.
    /// </summary>
    public bool CoverPixels { get; init; }

    /// <summary>Told of each hint.</summary>
    internal Action? Told { get; set; }

    /// <summary>Told of each mode, before its screen is looked at.</summary>
    internal Action? ModeTold { get; set; }

    /// <summary>The guest has set a mode, or switched the screen on or off. If it makes no sense, the log says so now.</summary>
    public void ModeSet()
    {
        ModeTold?.Invoke();
        Told?.Invoke();
    }

    /// <summary>Pixels have changed; those outside of the screen count for nothing.</summary>
    /// <param name="x">Pixels from the left.</param>
    /// <param name="y">Pixels from the top.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Lines.</param>
    public void Drawn(int x, int y, int width, int height)
    {
        (int right, int bottom) = ((int)Math.Min((long)x + width, int.MaxValue), (int)Math.Min((long)y + height, int.MaxValue));

        // What lies outside would widen the rectangle around all that is told, and have it compared.
        if (width <= 0 || height <= 0 || right <= 0 || bottom <= 0 || x >= Scanout.MaxLength || y >= Scanout.MaxLength)
            return;
        bool isFirst;
        lock (_gate)
        {
            isFirst = _right == _left;
            (_left, _top, _right, _bottom) = isFirst
                ? (x, y, right, bottom)
                : (Math.Min(x, _left), Math.Min(y, _top), Math.Max(right, _right), Math.Max(bottom, _bottom));
        }
        if (isFirst)
            Told?.Invoke();
    }

    /// <summary>What has been drawn since the last call: the smallest rectangle around it, empty if nothing.</summary>
    internal (int Left, int Top, int Right, int Bottom) Take()
    {
        lock (_gate)
        {
            (int, int, int, int) drawn = (_left, _top, _right, _bottom);
            (_left, _top, _right, _bottom) = (0, 0, 0, 0);
            return drawn;
        }
    }
}
