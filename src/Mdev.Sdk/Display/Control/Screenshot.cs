namespace Mdev.Sdk.Display.Control;

/// <summary>
/// A picture. Behind the line come its pixels, not compressed, because the process that serves a guest has better things to do: line by line,
/// 4 bytes each, of which the last has no meaning (XR24: blue, green, red).
/// </summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Lines.</param>
internal sealed record Screenshot(int Width, int Height);
