namespace Mdev.Sdk.Display.Rfb;

/// <summary>Tiles that lie beside each other and have changed: a rectangle of an update.</summary>
/// <param name="Column">The first one's.</param>
/// <param name="Row">All of theirs.</param>
/// <param name="Count">How many.</param>
internal readonly record struct TileRun(int Column, int Row, int Count);
