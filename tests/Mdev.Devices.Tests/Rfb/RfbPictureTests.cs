namespace Mdev.Devices.Tests.Rfb;

/// <summary>What a viewer sees is what the device shows: each pixel, in each encoding and format.</summary>
public sealed class RfbPictureTests
{
    private const int Width = 200, Height = 150;

    public static TheoryData<int, ViewerFormat> Formats()
    {
        ViewerFormat[] formats =
        [
            ViewerFormat.Usual,
            new(32, 24, true, 255, 255, 255, 16, 8, 0),
            new(32, 24, false, 255, 255, 255, 24, 16, 8),
            new(32, 24, true, 255, 255, 255, 24, 16, 8),
            new(32, 24, false, 255, 255, 255, 0, 8, 16),
            new(32, 30, false, 1023, 1023, 1023, 20, 10, 0),
            new(32, 32, true, 255, 255, 255, 24, 12, 0),
            new(16, 16, false, 31, 63, 31, 11, 5, 0),
            new(16, 16, true, 31, 63, 31, 11, 5, 0),
            new(16, 15, false, 31, 31, 31, 10, 5, 0),
            new(8, 8, false, 7, 7, 3, 0, 3, 6),
            new(8, 6, false, 3, 3, 3, 4, 2, 0),
        ];
        var data = new TheoryData<int, ViewerFormat>();
        foreach (ViewerFormat format in formats)
        {
            data.Add(RfbClient.Raw, format);
            data.Add(RfbClient.Zrle, format);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_pixel_is_the_device_s(int encoding, ViewerFormat format)
    {
        using var panel = new ShownPanel(Width, Height);
        using RfbClient viewer = panel.Connect().Want(format).Encode(encoding);
        Assert.Equal((Width, Height, $"mdev {panel.Uuid}"), (viewer.Width, viewer.Height, viewer.Name));
        viewer.Refresh();
        Assert.Null(viewer.FirstWrong((_, _) => 0));

        foreach (Func<int, int, ushort> picture in Pictures())
        {
            panel.Draw(0, 0, Width, Height, picture);
            viewer.Follow((x, y) => Seen(picture(x, y), format));
        }
        Assert.Empty(panel.Log.Warnings);
    }

    [Fact]
    public void Each_of_ZRLE_s_subencodings_is_used_where_it_pays()
    {
        using var panel = new ShownPanel(Width, Height);
        using RfbClient viewer = panel.Connect().Encode(RfbClient.Zrle);
        foreach (Func<int, int, ushort> picture in Pictures())
        {
            panel.Draw(0, 0, Width, Height, picture);
            viewer.Follow((x, y) => Seen(picture(x, y), ViewerFormat.Usual));
        }
        Assert.Equal(["packed", "palette runs", "raw", "runs", "solid"], viewer.Tiles.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Palettes_and_runs_of_each_length_come_as_they_are()
    {
        const int side = 64;
        using var panel = new ShownPanel(side, side);
        using RfbClient viewer = panel.Connect().Encode(RfbClient.Zrle);
        foreach (int colours in (ReadOnlySpan<int>)[2, 3, 4, 5, 15, 16, 17, 126, 127, 128, 129, 130])
        {
            foreach (int run in (ReadOnlySpan<int>)[1, 2, 7, 128, 254, 255, 256, 257, 510, 511, 512])
            {
                ushort Picture(int x, int y) => (ushort)((y * side + x) / run % colours * 257 + run);
                panel.Draw(0, 0, side, side, Picture);
                viewer.Follow((x, y) => Seen(Picture(x, y), ViewerFormat.Usual));
            }
        }
    }

    [Fact]
    public void An_update_carries_what_has_changed_and_nothing_comes_where_nothing_has()
    {
        using var panel = new ShownPanel(1280, 320);
        using RfbClient viewer = panel.Connect().Encode(RfbClient.Zrle);
        viewer.Refresh();
        viewer.Request(incremental: true);
        panel.Draw(130, 70, 1, 1, (_, _) => 0xffff);
        Assert.Equal([new ViewerRectangle(128, 64, 64, 64, RfbClient.Zrle)], viewer.Update());

        // What lies beside each other is one rectangle; what does not, is not.
        panel.Draw(0, 0, 128, 1, (_, _) => 0xffff);
        viewer.Request(incremental: true);
        Assert.Equal([new ViewerRectangle(0, 0, 128, 64, RfbClient.Zrle)], viewer.Update());
        panel.Draw(0, 256, 1280, 1, (_, _) => 0xffff);
        viewer.Request(incremental: true);
        Assert.Equal(
            [new ViewerRectangle(0, 256, 1024, 64, RfbClient.Zrle), new ViewerRectangle(1024, 256, 256, 64, RfbClient.Zrle)], viewer.Update());

        // Drawn, and as it was: nobody is told, so the next that comes is the one after.
        viewer.Request(incremental: true);
        panel.Draw(640, 64, 64, 64, (_, _) => 0);
        panel.Draw(1279, 319, 1, 1, (_, _) => 1);
        Assert.Equal([new ViewerRectangle(1216, 256, 64, 64, RfbClient.Zrle)], viewer.Update());
    }

    [Fact]
    public void What_is_asked_for_anew_comes_though_nothing_has_changed()
    {
        using var panel = new ShownPanel(256, 256);
        using RfbClient viewer = panel.Connect();
        viewer.Refresh();
        viewer.Request(incremental: true);
        viewer.Request(incremental: false, 100, 100, 1, 1);
        Assert.Equal([new ViewerRectangle(64, 64, 64, 64, RfbClient.Raw)], viewer.Update());
        viewer.Request(incremental: false, 200, 250, 60000, 60000);
        Assert.Equal([new ViewerRectangle(192, 192, 64, 64, RfbClient.Raw)], viewer.Update());
    }

    [Fact]
    public void A_part_of_the_screen_is_followed_and_the_rest_is_not_lost()
    {
        using var panel = new ShownPanel(256, 64);
        using RfbClient viewer = panel.Connect();
        viewer.Refresh();
        viewer.Request(incremental: true, 0, 0, 64, 64);
        panel.Draw(128, 0, 128, 64, (_, _) => 7);
        panel.Draw(0, 0, 1, 1, (_, _) => 7);
        Assert.Equal([new ViewerRectangle(0, 0, 64, 64, RfbClient.Raw)], viewer.Update());
        viewer.Request(incremental: true);
        Assert.Equal([new ViewerRectangle(128, 0, 128, 64, RfbClient.Raw)], viewer.Update());
    }

    [Theory]
    [InlineData(320, 240)]
    [InlineData(100, 100)]
    [InlineData(65, 300)]
    [InlineData(1, 1)]
    public void A_viewer_that_can_gets_the_new_size_with_a_mode(int width, int height)
    {
        using var panel = new ShownPanel(Width, Height);
        using RfbClient viewer = panel.Connect().Encode(RfbClient.Zrle, RfbClient.DesktopSize);
        viewer.Refresh();
        panel.Mode(width, height);
        panel.Draw(0, 0, width, height, Noise);
        viewer.Request(incremental: true);
        Assert.Equal([new ViewerRectangle(0, 0, width, height, RfbClient.DesktopSize)], viewer.Update());
        viewer.Follow((x, y) => Seen(Noise(x, y), ViewerFormat.Usual));
    }

    [Theory]
    [InlineData(320, 240)]
    [InlineData(100, 100)]
    [InlineData(65, 300)]
    [InlineData(1, 1)]
    public void A_viewer_that_cannot_keeps_its_size_and_sees_what_fits(int width, int height)
    {
        using var panel = new ShownPanel(Width, Height);
        panel.Draw(0, 0, Width, Height, (_, _) => 0x1234);
        using RfbClient viewer = panel.Connect().Encode(RfbClient.Zrle);
        viewer.Refresh();
        panel.Mode(width, height);
        panel.Draw(0, 0, width, height, Noise);
        viewer.Follow((x, y) => x < width && y < height ? Seen(Noise(x, y), ViewerFormat.Usual) : 0);
        Assert.Equal((Width, Height), (viewer.Width, viewer.Height));
    }

    [Fact]
    public void A_screen_that_is_off_or_of_no_mode_is_black()
    {
        using var panel = new ShownPanel(Width, Height);
        panel.Draw(0, 0, Width, Height, Noise);
        using RfbClient viewer = panel.Connect().Encode(RfbClient.Zrle, RfbClient.DesktopSize);
        viewer.Follow((x, y) => Seen(Noise(x, y), ViewerFormat.Usual));
        panel.Write(0x00, 0);
        viewer.Follow((_, _) => 0);
        panel.Mode(Width, Height);
        panel.Draw(0, 0, Width, Height, Noise);
        viewer.Follow((x, y) => Seen(Noise(x, y), ViewerFormat.Usual));
        panel.Mode(0xffff_ff, 0);
        viewer.Follow((_, _) => 0);
        Assert.Equal((Width, Height), (viewer.Width, viewer.Height));
    }

    [Fact]
    public void Whoever_comes_later_finds_the_size_of_then()
    {
        using var panel = new ShownPanel(Width, Height);
        panel.Connect().Dispose();
        panel.Mode(320, 200);
        using RfbClient viewer = panel.Connect();
        Assert.Equal((320, 200), (viewer.Width, viewer.Height));
    }

    // One colour, few, some, many in runs, and no two alike.
    private static Func<int, int, ushort>[] Pictures() =>
    [
        (_, _) => 0xf81f,
        (x, y) => (ushort)((x * 31 + y * 17) % 5 < 2 ? 0xffff : 0x001f),
        (x, y) => (ushort)(Noise(x, y) % 4 * 0x1111),
        (x, y) => (ushort)(Noise(x, y) % 15 * 0x1111),
        (x, y) => (ushort)(Noise(x / 8, y) % 60 * 1021),
        (x, y) => (ushort)(x / 20 * 733 + y * 2221),
        Noise,
        (_, _) => 0,
    ];

    private static ushort Noise(int x, int y)
    {
        uint hash = (uint)(x * 374761393 + y * 668265263);
        hash = (hash ^ (hash >> 13)) * 1274126177;
        return (ushort)(hash ^ (hash >> 16));
    }

    // RG16 to a byte a colour, whose brightest value is the brightest, and from there to the viewer's.
    private static uint Seen(ushort pixel, ViewerFormat format)
    {
        (int red, int green, int blue) = (pixel >> 11, (pixel >> 5) & 63, pixel & 31);
        return format.Of((red << 3) | (red >> 2), (green << 2) | (green >> 4), (blue << 3) | (blue >> 2));
    }
}
