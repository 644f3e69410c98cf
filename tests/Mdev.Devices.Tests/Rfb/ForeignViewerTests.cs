using System.Diagnostics;

namespace Mdev.Devices.Tests.Rfb;

/// <summary>A viewer of others' sees the same: gvnccapture, which is GTK's VNC widget without a window.</summary>
public sealed class ForeignViewerTests
{
    [NeedsFact(Need.VncClient)]
    public void Each_pixel_that_it_saves_is_the_device_s()
    {
        using var panel = new ShownPanel(640, 480);

        // Flat and busy parts, so that the encoder takes each of its ways.
        panel.Draw(0, 0, 640, 480, Pixel);
        string file = Path.Combine(Directory.CreateTempSubdirectory("mdev-").FullName, "screen.png");
        string[] words = ["gvnccapture", $"127.0.0.1:{panel.Place.Port - 5900}", file];
        using Process capture = Process.Start(new ProcessStartInfo(Repository.PathOf("lab/tool"), words) { RedirectStandardOutput = true })!;
        string said = capture.StandardOutput.ReadToEnd();
        Assert.True(capture.WaitForExit(60_000) && capture.ExitCode == 0, said);

        var picture = new PngPicture(File.ReadAllBytes(file));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        Assert.Equal((640, 480), (picture.Width, picture.Height));
        for (int y = 0; y < 480; y++)
        {
            for (int x = 0; x < 640; x++)
                Assert.True(picture[x, y] == Colour(Pixel(x, y)), $"{x},{y} is 0x{picture[x, y]:x6}, not 0x{Colour(Pixel(x, y)):x6}.");
        }
        Assert.Empty(panel.Log.Warnings);
    }

    private static ushort Pixel(int x, int y) => (ushort)(y switch
    {
        < 100 => 0x1ce7,
        < 200 => (x / 3 + y) % 4 * 0x2945,
        < 300 => (x + y) / 5 % 100 * 653,
        _ => (x * 7919 + y * 104729) * 2654435761 >> 13,
    });

    private static uint Colour(ushort pixel)
    {
        (int red, int green, int blue) = (pixel >> 11, (pixel >> 5) & 63, pixel & 31);
        return (uint)((red << 3 | red >> 2) << 16 | (green << 2 | green >> 4) << 8 | (blue << 3 | blue >> 2));
    }
}
