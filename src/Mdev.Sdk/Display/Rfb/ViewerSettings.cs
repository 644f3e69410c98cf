namespace Mdev.Sdk.Display.Rfb;

/// <summary>How a viewer wants its updates.</summary>
/// <param name="Format">Its pixels.</param>
/// <param name="Encoding">That of its rectangles: the first one that it names and the server has.</param>
/// <param name="CanResize">Whether its screen may get another size.</param>
internal sealed record ViewerSettings(RfbPixelFormat Format, RfbEncoding Encoding, bool CanResize)
{
    /// <summary>What it gets as long as it says nothing else.</summary>
    public static ViewerSettings Default { get; } = new(RfbPixelFormat.OfFrame, RfbEncoding.Raw, CanResize: false);

    /// <summary>The same with other pixels.</summary>
    public ViewerSettings In(in RfbPixelFormat format) => new(format, Encoding, CanResize);

    /// <summary>The pixels of raw rectangles.</summary>
    public WirePixels Raw { get; } = new(Format, compact: false);

    /// <summary>The pixels of ZRLE's.</summary>
    public WirePixels Zrle { get; } = new(Format, compact: true);
}
