namespace Mdev.Devices.Tests.Rfb;

/// <summary>A rectangle of an update.</summary>
internal sealed record ViewerRectangle(int X, int Y, int Width, int Height, int Encoding);
