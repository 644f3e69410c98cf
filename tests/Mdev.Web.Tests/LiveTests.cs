using Mdev.Sdk.Testing;
using Mdev.Web.Tests.Device;
using Mdev.Web.Tests.Support;

namespace Mdev.Web.Tests;

/// <summary>What a page is sent, and what it sends.</summary>
public sealed class LiveTests : IDisposable
{
    private const byte Key = 1, Point = 2, Log = 3;

    private readonly ServedPanels _panels = new();

    public void Dispose() => _panels.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 64)]
    [InlineData(65, 63)]
    [InlineData(640, 480)]
    [InlineData(1021, 767)]
    public async Task Every_pixel_of_a_picture_arrives(int width, int height)
    {
        Panel panel = _panels.Add();
        panel.SetMode(width, height);
        ServedPanels.Scribble(panel, seed: width);
        using PageClient page = await PageClient.ConnectAsync(_panels.Url, panel.Uuid);
        await page.UntilAsync(() => page.Width == width && ServedPanels.PixelsOf(panel).SequenceEqual(page.Pixels));
        Assert.Equal((width, height, ""), (page.Width, page.Height, page.Reason));

        ServedPanels.Scribble(panel, seed: height);
        await page.UntilAsync(() => ServedPanels.PixelsOf(panel).SequenceEqual(page.Pixels));
    }

    [Fact]
    public async Task Only_tiles_that_have_changed_are_sent()
    {
        Panel panel = _panels.Add();
        using PageClient page = await ShownAsync(panel, 640, 480);
        ServedPanels.Fill(panel, 64 * 3 + 5, 64 * 2 + 60, 1, 1, 0x123456);
        Assert.True(await page.ReceiveAsync());
        await page.AcknowledgeAsync();
        Assert.Equal([(3, 2)], page.Tiles);

        ServedPanels.Fill(panel, 63, 63, 2, 2, 0xff0000);
        List<(int, int)> seen = [];
        await page.UntilAsync(() =>
        {
            seen.AddRange(page.Tiles);
            return ServedPanels.PixelsOf(panel).SequenceEqual(page.Pixels);
        });
        seen.AddRange(page.Tiles);
        Assert.Subset(new HashSet<(int, int)> { (0, 0), (1, 0), (0, 1), (1, 1), (3, 2) }, seen.ToHashSet());
    }

    [Fact]
    public async Task An_update_waits_until_the_one_before_is_acknowledged_and_has_all_that_came_meanwhile()
    {
        Panel panel = _panels.Add();
        using PageClient page = await ShownAsync(panel, 640, 480);
        ServedPanels.Fill(panel, 0, 0, 1, 1, 0x111111);
        Assert.True(await page.ReceiveAsync());

        // Two changes that the watcher sees apart, and the page together.
        using (PageClient other = await PageClient.ConnectAsync(_panels.Url, panel.Uuid))
        {
            foreach (int tile in (int[])[1, 2])
            {
                ServedPanels.Fill(panel, 64 * tile, 0, 1, 1, 0x222222);
                await other.UntilAsync(() => other.Pixels.Length > 0 && ServedPanels.PixelsOf(panel).SequenceEqual(other.Pixels));
            }
        }
        await page.AcknowledgeAsync();
        Assert.True(await page.ReceiveAsync());
        Assert.Equal([(1, 0), (2, 0)], page.Tiles);
    }

    [Fact]
    public async Task An_unchanged_screen_sends_nothing()
    {
        Panel panel = _panels.Add();
        using PageClient page = await ShownAsync(panel, 640, 480);
        Task<bool> next = page.ReceiveAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.False(next.IsCompleted);
        ServedPanels.Fill(panel, 0, 0, 1, 1, 0x111111);
        Assert.True(await next);
    }

    [Fact]
    public async Task For_a_page_that_shows_nothing_nobody_looks_at_the_screen()
    {
        Panel panel = _panels.Add();
        using PageClient page = await ShownAsync(panel, 640, 480);
        ServedPanels.Fill(panel, 0, 0, 1, 1, 0x111111);
        Assert.True(await page.ReceiveAsync());

        // Not acknowledged, as by a tab in the background. A screen that stands still is looked at six times a second.
        int looks = -1;
        await Eventually.HoldsAsync(() =>
        {
            (int before, looks) = (looks, panel.Looks);
            Thread.Sleep(1000);
            return before == panel.Looks;
        });
        ServedPanels.Fill(panel, 0, 0, 1, 1, 0x222222);
        await page.AcknowledgeAsync();
        await page.UntilAsync(() => ServedPanels.PixelsOf(panel).SequenceEqual(page.Pixels));
    }

    [Fact]
    public async Task A_mode_that_is_set_brings_its_size_and_a_whole_picture()
    {
        Panel panel = _panels.Add();
        using PageClient page = await ShownAsync(panel, 640, 480);
        panel.SetMode(800, 600);
        ServedPanels.Scribble(panel, seed: 2);
        await page.UntilAsync(() => page.Width == 800 && ServedPanels.PixelsOf(panel).SequenceEqual(page.Pixels));
        Assert.Equal(600, page.Height);
    }

    [Fact]
    public async Task A_screen_that_is_off_and_one_set_to_nonsense_say_why_there_is_no_picture()
    {
        Panel panel = _panels.Add();
        using PageClient page = await PageClient.ConnectAsync(_panels.Url, panel.Uuid);
        Assert.True(await page.ReceiveAsync());
        await page.AcknowledgeAsync();
        Assert.Equal("it is off", page.Reason);
        Assert.Empty(page.Tiles);

        panel.SetMode(60000, 60000);
        await page.UntilAsync(() => page.Reason == "60000x60000 is no size of a screen");
        panel.SetMode(640, 480);
        await page.UntilAsync(() => page.Reason == "");
    }

    [Fact]
    public async Task Keys_and_the_pointer_reach_the_device()
    {
        Panel panel = _panels.Add();
        using PageClient page = await ShownAsync(panel, 640, 480);
        await page.SendAsync(Key, 1, 0x0d, 0xff, 0, 0);
        await page.SendAsync(Key, 0, 0x0d, 0xff, 0, 0);
        await page.SendAsync(Key, 1, 0xac, 0x20, 0, 1);
        await page.SendAsync(Point, 0b101, 0x21, 0x01, 0x34, 0);
        await page.SendAsync(Point, 0, 0xff, 0xff, 0xff, 0xff);
        await Eventually.HoldsAsync(() => panel.Pointer.Count == 2);
        Assert.Equal([(0xff0du, true), (0xff0du, false), (0x10020acu, true)], panel.Keys);
        Assert.Equal([(0x121, 0x34, PointerButtons.Left | PointerButtons.Right), (639, 479, PointerButtons.None)], panel.Pointer);
    }

    [Fact]
    public async Task Accesses_of_registers_are_told_by_name_while_the_page_wants_them()
    {
        Panel panel = _panels.Add();
        using PageClient page = await ShownAsync(panel, 640, 480);
        using VfioUserClient guest = VfioUserClient.Connect(_panels.Host.SocketOf(panel.Uuid)!);
        Assert.Null(panel.RegisterObserver);

        await page.SendAsync(Log, 1);
        await Eventually.HoldsAsync(() => panel.RegisterObserver is not null);
        guest.WriteRegion(2, 0x4, 0, 0, 0, 0);
        _ = guest.ReadRegion(2, 0x0, 2);
        await page.UntilAsync(() => page.Lines.Count >= 2);
        Assert.Equal(["BAR2+4 Offset <- 0x00000000", "BAR2+0 Width -> 0x0280"], page.Lines);

        await page.SendAsync(Log, 0);
        await Eventually.HoldsAsync(() => panel.RegisterObserver is null);
    }

    [Fact]
    public async Task Of_more_accesses_than_anybody_reads_the_number_is_told()
    {
        const int accesses = 3000;
        Panel panel = _panels.Add();
        using PageClient page = await ShownAsync(panel, 640, 480);
        using VfioUserClient guest = VfioUserClient.Connect(_panels.Host.SocketOf(panel.Uuid)!);
        await page.SendAsync(Log, 1);
        await Eventually.HoldsAsync(() => panel.RegisterObserver is not null);
        for (int i = 0; i < accesses; i++)
            _ = guest.ReadRegion(2, 0x0, 2);
        await page.UntilAsync(() => page.Lines.Count + page.Dropped >= accesses);

        // An access of which only the end is lost is a line, and counted too.
        Assert.InRange(page.Lines.Count + page.Dropped, accesses, accesses + accesses / 100);
        Assert.True(page.Dropped > 0);
    }

    // With all of its picture, which is random.
    private async Task<PageClient> ShownAsync(Panel panel, int width, int height)
    {
        panel.SetMode(width, height);
        ServedPanels.Scribble(panel, seed: 1);
        PageClient page = await PageClient.ConnectAsync(_panels.Url, panel.Uuid);
        await page.UntilAsync(() => page.Width == width && ServedPanels.PixelsOf(panel).SequenceEqual(page.Pixels));
        return page;
    }
}
