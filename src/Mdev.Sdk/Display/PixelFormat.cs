namespace Mdev.Sdk.Display;

/// <summary>How a pixel lies in memory, least significant byte first. Source: drm_fourcc.h.</summary>
public enum PixelFormat
{
    /// <summary>XR24, 4 bytes: blue, green, red, and one without meaning.</summary>
    Xrgb8888,

    /// <summary>RG16, 2 bytes: 5 bits red, 6 green, 5 blue, from the most significant one.</summary>
    Rgb565,
}
