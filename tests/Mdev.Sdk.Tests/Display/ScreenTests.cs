using System.Runtime.InteropServices;
using Mdev.Sdk.Display;
using Mdev.Sdk.Display.Screens;

namespace Mdev.Sdk.Tests.Display;

/// <summary>What viewers learn of a screen, and what looking costs the device.</summary>
public sealed class ScreenTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly uint[] _tile = new uint[ScreenFrame.TileSize * ScreenFrame.TileSize];

    [Fact]
    public async Task Only_the_tile_that_changed_is_new_to_a_viewer_that_has_seen_the_rest()
    {
        using var device = new ScratchScreen();
        using IDisposable watch = device.Screen.Watch();
        (ScreenFrame frame, long seen) = await SeeFirst(device);
        Assert.Equal((200, 100, 4, 2), (frame.Width, frame.Height, frame.Columns, frame.Rows));
        Assert.Equal((8, 36), (frame.WidthOf(3), frame.HeightOf(1)));

        device.Draw(199, 64, 0xff112233);
        await device.Screen.WaitAsync(frame, seen, Patience());
        Assert.Same(frame, device.Screen.Frame);
        Assert.Equal([(3, 1)], Changed(frame, seen));
        Assert.Equal(0xff112233, _tile[7]);
    }

    [Fact]
    public async Task One_pixel_is_found_on_a_screen_that_has_stood_still_for_long()
    {
        using var device = new ScratchScreen();
        using IDisposable watch = device.Screen.Watch();
        (ScreenFrame frame, long seen) = await SeeFirst(device);
        await Task.Delay(2500);
        device.Draw(130, 99, 1);
        await device.Screen.WaitAsync(frame, seen, Patience());
        Assert.Equal([(2, 1)], Changed(frame, seen));
    }

    [Fact]
    public async Task Another_mode_is_another_frame()
    {
        using var device = new ScratchScreen();
        using IDisposable watch = device.Screen.Watch();
        (ScreenFrame frame, long seen) = await SeeFirst(device);
        device.Shown = () => new(device.Memory, 0, 64, 64, 256);
        await device.Screen.WaitAsync(frame, seen, Patience());
        Assert.Equal((64, 64), (device.Screen.Frame.Width, device.Screen.Frame.Height));
        Assert.True(device.Screen.Frame.Version > seen);
    }

    [Fact]
    public async Task A_screen_without_a_picture_is_black_and_says_why()
    {
        using var device = new ScratchScreen();
        device.Memory.Slice(0, 80_000).Fill(0xee);
        using IDisposable watch = device.Screen.Watch();
        (ScreenFrame frame, long seen) = await SeeFirst(device);
        device.Shown = () => Scanout.Invalid("the clock stands still");
        await device.Screen.WaitAsync(frame, seen, Patience());
        frame = device.Screen.Frame;
        Assert.Equal(("the clock stands still", 200, 100), (frame.Reason, frame.Width, frame.Height));
        Assert.All(frame.Pixels, pixel => Assert.Equal(0u, pixel));
        Assert.Contains(device.Log.Lines, message => message.Contains("no picture: the clock stands still.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_screen_that_nobody_watches_is_not_looked_at()
    {
        using var device = new ScratchScreen();
        await Task.Delay(100);
        Assert.Equal(0, device.Asked);
        device.Screen.Watch().Dispose();

        // One look may be under way.
        await Task.Delay(300);
        int asked = device.Asked;
        await Task.Delay(300);
        Assert.Equal(asked, device.Asked);
    }

    [Fact]
    public async Task What_a_device_tells_by_itself_is_not_looked_for()
    {
        var hints = new ScreenHints { CoverPixels = true };
        using var device = new ScratchScreen(hints);
        using IDisposable watch = device.Screen.Watch();
        (ScreenFrame frame, long seen) = await SeeFirst(device);
        device.Draw(1, 1, 1);
        await Task.Delay(400);
        Assert.Equal(seen, frame.Version);

        device.Draw(70, 1, 2);
        hints.Drawn(70, 1, 1, 1);
        await device.Screen.WaitAsync(frame, seen, Patience());
        Assert.Equal([(1, 0)], Changed(frame, seen));

        // Beyond the screen, and nothing at all.
        seen = frame.Version;
        hints.Drawn(-10, -10, 5, 5);
        hints.Drawn(1000, 1000, int.MaxValue, int.MaxValue);
        hints.Drawn(0, 0, 0, -1);
        await Task.Delay(200);
        Assert.Equal(seen, frame.Version);
    }

    [Fact]
    public async Task A_mode_of_the_same_size_elsewhere_in_the_memory_is_seen_without_being_drawn()
    {
        var hints = new ScreenHints { CoverPixels = true };
        using var device = new ScratchScreen(hints);
        device.Memory.At<uint>(400_000) = 7;
        using IDisposable watch = device.Screen.Watch();
        (ScreenFrame frame, long seen) = await SeeFirst(device);
        device.Shown = () => new(device.Memory, 400_000, 200, 100, 800);
        hints.ModeSet();
        await device.Screen.WaitAsync(frame, seen, Patience());
        Assert.Equal([(0, 0)], Changed(frame, seen));
        Assert.Equal(7u, _tile[0]);
    }

    [Fact]
    public async Task A_picture_in_memory_that_is_no_devices_is_none_and_the_screen_goes_on()
    {
        using var device = new ScratchScreen();
        using IDisposable watch = device.Screen.Watch();
        (ScreenFrame frame, long seen) = await SeeFirst(device);
        device.Shown = () => new(new Mdev.Sdk.Device.MemoryRegion(4096), 0, 8, 8, 32);
        await device.Screen.WaitAsync(frame, seen, Patience());
        Assert.NotNull(device.Screen.Frame.Reason);
        device.Shown = () => new(device.Memory, 0, 200, 100, 800);
        (frame, _) = await SeeFirst(device);
        Assert.Equal(200, frame.Width);
    }

    [Fact]
    public void A_mode_that_makes_no_sense_is_logged_when_it_is_set_but_not_each_time()
    {
        var hints = new ScreenHints();
        using var device = new ScratchScreen(hints);
        int reason = 0;
        device.Shown = () => Scanout.Invalid($"nonsense {reason++}");
        for (int i = 0; i < 100_000; i++)
            hints.ModeSet();
        Assert.InRange(device.Log.Lines.Count(m => m.Contains("nonsense", StringComparison.Ordinal)), 1, 20);
    }

    [Fact]
    public void A_device_that_throws_when_asked_is_counted_and_has_no_picture()
    {
        using var device = new ScratchScreen();
        device.Shown = () => throw new InvalidOperationException("Oh.");
        Assert.Equal(Errno.EAGAIN, Assert.Throws<MdevException>(device.Screen.Capture).Error);
        Assert.Equal(1, device.Counters.HandlerFaults);
    }

    [Fact]
    public void A_picture_is_taken_at_once_whether_or_not_somebody_watches()
    {
        using var device = new ScratchScreen();
        device.Draw(5, 3, 0xff0000ff);
        ScreenFrame picture = device.Screen.Capture();
        Assert.Equal((200, 100, 0xff0000ff), (picture.Width, picture.Height, picture.Pixels[3 * 200 + 5]));
    }

    [Fact]
    public void Sixteen_bits_a_pixel_become_as_bright_as_they_can()
    {
        using var device = new ScratchScreen();
        byte[] pixels = MemoryMarshal.AsBytes<ushort>([0xf800, 0x07e0, 0x001f, 0xffff, 0x0000, 0x8410]).ToArray();
        device.Shown = () => new(pixels, 3, 2, PixelFormat.Rgb565);
        Assert.Equal([0xff0000u, 0x00ff00, 0x0000ff, 0xffffff, 0x000000, 0x848284], device.Screen.Capture().Pixels);
    }

    [Fact]
    public async Task A_screen_that_goes_tells_whoever_waits_and_its_memory_is_not_touched_any_more()
    {
        var device = new ScratchScreen();
        using IDisposable watch = device.Screen.Watch();
        (ScreenFrame frame, long seen) = await SeeFirst(device);
        Task waiting = device.Screen.WaitAsync(frame, seen, Patience());
        device.Dispose();
        await waiting;
        Assert.True(device.Screen.IsGone);
        Assert.Equal(Errno.ENODEV, Assert.Throws<MdevException>(device.Screen.Capture).Error);
        device.Screen.Key(1, isDown: true);
        Assert.Empty(device.Input);
    }

    [Fact]
    public void Keys_and_pointer_reach_the_device_which_may_throw()
    {
        using var device = new ScratchScreen();
        device.Screen.Key(0x61, isDown: true);
        device.Screen.Key(0, isDown: true);
        device.Screen.Pointer(10_000, -5, PointerButtons.Left | PointerButtons.Right);
        Assert.Equal(["61 down", "639,0 Left, Right"], device.Input);
        Assert.Equal(1, device.Counters.HandlerFaults);
    }

    private static async Task<(ScreenFrame Frame, long Seen)> SeeFirst(ScratchScreen device)
    {
        while (device.Screen.Frame is { Reason: not null } frame)
            await device.Screen.WaitAsync(frame, frame.Version, Patience());
        return (device.Screen.Frame, device.Screen.Frame.Version);
    }

    private List<(int Column, int Row)> Changed(ScreenFrame frame, long seen)
    {
        List<(int, int)> changed = [];
        for (int row = 0; row < frame.Rows; row++)
        {
            for (int column = 0; column < frame.Columns; column++)
            {
                if (frame.TryCopy(column, row, seen, _tile))
                    changed.Add((column, row));
            }
        }
        return changed;
    }

    private static CancellationToken Patience() => new CancellationTokenSource(s_patience).Token;
}
