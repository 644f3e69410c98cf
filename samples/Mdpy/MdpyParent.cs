namespace Mdpy;

/// <summary>The one mode that a display has.</summary>
public sealed record Mode(int Width, int Height)
{
    public int Stride => Width * 4;
}

/// <summary>Four displays of fixed size. Source: Linux samples/vfio-mdev/mdpy.c.</summary>
[MdevParent("mdpy", MaxInstances = 4)]
public sealed partial class MdpyParent : MdevParent<MdpyDevice, Mode>
{
    [MdevType("vga", "mdpy-vga", Description = "virtual display, 640x480 framebuffer")] public static Mode Vga => new(640, 480);
    [MdevType("xga", "mdpy-xga", Description = "virtual display, 1024x768 framebuffer")] public static Mode Xga => new(1024, 768);
    [MdevType("hd", "mdpy-hd", Description = "virtual display, 1920x1080 framebuffer")] public static Mode Hd => new(1920, 1080);
}
