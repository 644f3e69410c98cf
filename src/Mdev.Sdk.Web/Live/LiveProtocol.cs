namespace Mdev.Sdk.Web.Live;

/// <summary>
/// What goes through the WebSocket <c>/UUID/live</c>: binary messages, numbers little-endian. Its two ends are <see cref="Viewer"/> and
/// <c>page.html</c>, always of one version.
/// </summary>
/// <remarks>
/// <para>
/// To the page goes one update at a time, and the next when the page has shown it: who stops reading holds up one update, and nobody else.
/// An unchanged screen sends nothing. An update is <c>u8</c> <see cref="UpdateParts"/>, and those parts in this order:
/// </para>
/// <list type="table">
/// <item><term>Mode</term><description>
/// <c>u16</c> width, <c>u16</c> height; <c>u16</c> bytes and UTF-8 text of why there is no picture, 0 bytes if there is one. Comes first, and
/// whenever it changes; all pixels follow.
/// </description></item>
/// <item><term>Log</term><description>
/// <c>u32</c> lines that are left out before these; <c>u32</c> bytes and UTF-8 text of lines, each but the last with a line feed.
/// </description></item>
/// <item><term>Pixels</term><description>
/// <c>u8</c> 1 if the rest is a zlib stream, 0 if it is as it is; <c>u8</c> 1 if the picture is whole with this, 0 if the next update goes
/// on. Then tiles to the end: <c>u16</c> column, <c>u16</c> row, and <c>u8</c> red, green, blue, 255 for each pixel, line by line. A tile
/// is of 64x64 pixels, less at the right and at the bottom.
/// </description></item>
/// </list>
/// <para>From the page comes one of these a message; anything else ends the connection:</para>
/// <list type="table">
/// <item><term><c>0</c></term><description>The update has been shown.</description></item>
/// <item><term><c>1</c></term><description>A key: <c>u8</c> 1 if it went down, <c>u32</c> X11's keysym.</description></item>
/// <item><term><c>2</c></term><description>The pointer: <c>u8</c> buttons as RFB has them, <c>u16</c> x, <c>u16</c> y.</description></item>
/// <item><term><c>3</c></term><description>The register log: <c>u8</c> 1 to begin, 0 to end.</description></item>
/// </list>
/// </remarks>
internal static class LiveProtocol
{
    /// <summary>Bytes of the page's longest message.</summary>
    public const int LongestMessage = 6;

    /// <summary>Tiles of one update; a larger picture comes in several.</summary>
    public const int MostTiles = 64;

    /// <summary>Characters of a line of text; the rest is cut off.</summary>
    public const int LongestLine = 400;
}
