namespace Mdev.Sdk.Display.Rfb;

/// <summary>What a rectangle's bytes mean. Source: RFC 6143, sections 7.7 and 7.8.</summary>
internal enum RfbEncoding
{
    /// <summary>Pixels as they are. Every viewer takes them.</summary>
    Raw = 0,

    /// <summary>Tiles of few colours or long runs, compressed.</summary>
    Zrle = 16,

    /// <summary>No pixels: the screen has another size.</summary>
    DesktopSize = -223,
}
