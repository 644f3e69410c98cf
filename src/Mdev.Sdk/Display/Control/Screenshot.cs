namespace Mdev.Sdk.Display.Control;

/// <summary>A picture, not compressed: the process that serves a guest has better things to do.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Lines.</param>
/// <param name="Pixels">Line by line, 4 bytes each: blue, green, red, and one without meaning (XR24). Base64 in JSON.</param>
internal sealed record Screenshot(int Width, int Height, byte[] Pixels);
