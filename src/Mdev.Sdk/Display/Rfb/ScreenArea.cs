namespace Mdev.Sdk.Display.Rfb;

/// <summary>A rectangle of pixels.</summary>
/// <param name="Left">Its first column.</param>
/// <param name="Top">Its first line.</param>
/// <param name="Right">The column after its last one.</param>
/// <param name="Bottom">The line after its last one.</param>
internal readonly record struct ScreenArea(int Left, int Top, int Right, int Bottom)
{
    public bool IsEmpty => Left >= Right || Top >= Bottom;

    /// <summary>The smallest that has both in it.</summary>
    public ScreenArea With(ScreenArea other)
    {
        if (IsEmpty || other.IsEmpty)
            return IsEmpty ? other : this;
        return new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));
    }
}
