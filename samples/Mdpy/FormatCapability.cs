namespace Mdpy;

/// <summary>The vendor capability by which a driver learns the picture's format. Source: Linux samples/vfio-mdev/mdpy-defs.h.</summary>
[RegisterBlock(Length)]
public sealed partial class FormatCapability(Mode mode, MemoryRegion frameBuffer)
{
    private const byte Length = 0x10;

    // DRM_FORMAT_XRGB8888.
    private const uint Xr24 = 'X' | 'R' << 8 | '2' << 16 | '4' << 24;

    [Register(0x2, Access = Access.RO, Reset = Length)] public partial byte LENGTH { get; set; }
    [Register(0x4, Access = Access.RO, Reset = Xr24)] public partial uint FORMAT { get; set; }
    [OnRead(0x8, Pure = true, Name = "WIDTH")] private uint Width() => (uint)mode.Width;
    [OnRead(0xc, Pure = true, Name = "HEIGHT")] private uint Height() => (uint)mode.Height;

    // What a screen shows before anybody draws: a ramp from black at the top to white.
    [OnReset]
    private void DrawRamp()
    {
        for (int y = 0; y < mode.Height; y++)
            frameBuffer.Slice(y * mode.Stride, mode.Stride).Fill((byte)(y * 255 / mode.Height));
    }
}
