using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Mdev.Sdk.Testing;
using Mdev.Web.Tests.Device;
using Mdev.Web.Tests.Support;

namespace Mdev.Web.Tests;

/// <summary>The page in a real browser.</summary>
public sealed class BrowserTests : IDisposable
{
    private readonly ServedPanels _panels = new();

    public void Dispose() => _panels.Dispose();

    [NeedsFact(Need.Browser)]
    public async Task The_page_shows_every_pixel_its_mode_and_the_registers_and_complains_of_nothing()
    {
        Panel panel = _panels.Add();
        panel.SetMode(801, 601);
        ServedPanels.Scribble(panel, seed: 1);
        using VfioUserClient guest = VfioUserClient.Connect(_panels.Host.SocketOf(panel.Uuid)!);
        using Browser browser = await Browser.OpenAsync(_panels.Url.ToString());
        await browser.UntilAsync("document.getElementById('mode')?.textContent === '801x601'");
        await ShowsAsync(browser, panel);

        ServedPanels.Scribble(panel, seed: 2);
        await ShowsAsync(browser, panel);

        await Eventually.HoldsAsync(() => panel.RegisterObserver is not null);
        guest.WriteRegion(2, 0x4, 0, 0, 0, 0);
        await browser.UntilAsync("document.getElementById('log').textContent.includes('BAR2+4 Offset <- 0x00000000')");
        Assert.Equal("panel-4m", (await browser.EvaluateAsync("document.getElementById('type').textContent"))!.GetValue<string>());

        // Nobody pays for a log that nobody sees.
        await browser.EvaluateAsync("document.getElementById('trace').click()");
        await Eventually.HoldsAsync(() => panel.RegisterObserver is null);
        Assert.Empty(browser.Complaints);
    }

    [NeedsFact(Need.Browser)]
    public async Task The_page_follows_a_mode_and_says_why_there_is_no_picture()
    {
        Panel panel = _panels.Add();
        using Browser browser = await Browser.OpenAsync(new Uri(_panels.Url, $"/{panel.Uuid}").ToString());
        await browser.UntilAsync("document.getElementById('none')?.textContent === 'no picture: it is off'");
        panel.SetMode(640, 480);
        ServedPanels.Scribble(panel, seed: 1);
        await browser.UntilAsync("document.getElementById('mode').textContent === '640x480'");
        await ShowsAsync(browser, panel);
        panel.SetMode(9, 9);
        await browser.UntilAsync("document.getElementById('mode').textContent === '9x9'");
        await ShowsAsync(browser, panel);
        Assert.Empty(browser.Complaints);
    }

    [NeedsFact(Need.Browser)]
    public async Task The_picture_is_saved_as_a_png_of_its_size()
    {
        Panel panel = _panels.Add();
        panel.SetMode(640, 480);
        using Browser browser = await Browser.OpenAsync(_panels.Url.ToString());
        await browser.UntilAsync("document.getElementById('mode')?.textContent === '640x480'");
        string? saved = (await browser.EvaluateAsync("""
            new Promise(resolve => {
              HTMLAnchorElement.prototype.click = function () { resolve(`${this.download} ${this.href.split(":")[0]}`); };
              document.getElementById("save").click();
            })
            """))?.GetValue<string>();
        Assert.Equal("panel-4m-640x480.png blob", saved);
        Assert.Empty(browser.Complaints);
    }

    [NeedsFact(Need.Browser)]
    public async Task Keys_and_the_pointer_of_a_browser_reach_the_device()
    {
        Panel panel = _panels.Add();
        panel.SetMode(640, 480);
        using Browser browser = await Browser.OpenAsync(_panels.Url.ToString());
        await browser.UntilAsync("document.getElementById('mode')?.textContent === '640x480'");
        JsonNode place = (await browser.EvaluateAsync(
            "(r => ({ x: r.left + r.width / 2, y: r.top + r.height / 2 }))(document.getElementById('screen').getBoundingClientRect())"))!;

        await MouseAsync(browser, "mousePressed", place);
        await MouseAsync(browser, "mouseReleased", place);
        await Eventually.HoldsAsync(() => panel.Pointer.LastOrDefault() == (320, 240, PointerButtons.None)
            && panel.Pointer.Contains((320, 240, PointerButtons.Left)));

        await KeyAsync(browser, "keyDown", "Shift", "ShiftLeft");
        await KeyAsync(browser, "keyDown", "A", "KeyA");
        await KeyAsync(browser, "keyUp", "a", "KeyA");
        await KeyAsync(browser, "keyUp", "Shift", "ShiftLeft");
        await KeyAsync(browser, "keyDown", "\u20ac", "KeyE");
        await browser.EvaluateAsync("document.getElementById('screen').blur()");
        await Eventually.HoldsAsync(() => panel.Keys.Count == 6);
        Assert.Equal(
            [(0xffe1u, true), (0x41u, true), (0x41u, false), (0xffe1u, false), (0x10020acu, true), (0x10020acu, false)], panel.Keys);
        Assert.Empty(browser.Complaints);
    }

    [NeedsFact(Need.Browser)]
    public async Task Several_devices_are_a_list_to_choose_from_and_one_that_goes_is_said_to_be_gone()
    {
        Panel first = _panels.Add(), second = _panels.Add();
        second.SetMode(320, 200);
        ServedPanels.Scribble(second, seed: 1);
        using Browser browser = await Browser.OpenAsync(_panels.Url.ToString());
        await browser.UntilAsync("document.querySelectorAll('#list a').length === 2");
        Assert.Equal(0, _panels.Host.Screens.All.Count(s => s.Device.RegisterObserver is not null));
        await browser.EvaluateAsync($"document.querySelector('#list a[href$=\"{second.Uuid}\"]').click()");
        await browser.UntilAsync("document.getElementById('mode')?.textContent === '320x200'");
        await ShowsAsync(browser, second);
        Assert.Empty(browser.Complaints);

        _panels.Remove(second);
        await browser.UntilAsync("document.getElementById('none').textContent === 'The device is gone.'");
    }

    [NeedsFact(Need.Browser)]
    public async Task The_token_gives_the_page_once_and_leaves_the_address()
    {
        using var open = new ServedPanels(System.Net.IPAddress.Any);
        Panel panel = open.Add();
        panel.SetMode(64, 64);
        var url = new UriBuilder(open.Url) { Host = "127.0.0.1" };
        using Browser browser = await Browser.OpenAsync(url.ToString());
        await browser.UntilAsync("document.getElementById('mode')?.textContent === '64x64'");
        Assert.Equal("", (await browser.EvaluateAsync("location.search"))!.GetValue<string>());
        await browser.CallAsync("Page.reload");
        await browser.UntilAsync("performance.getEntriesByType('navigation')[0]?.type === 'reload' && document.getElementById('mode')?.textContent === '64x64'");
        Assert.Empty(browser.Complaints);
    }

    // The canvas has what the frame buffer has, pixel by pixel.
    private static async Task ShowsAsync(Browser browser, Panel panel)
    {
        string expected = Convert.ToBase64String(MemoryMarshal.AsBytes(ServedPanels.PixelsOf(panel)));
        await browser.EvaluateAsync($$"""
            globalThis.expected = Uint8Array.from(atob("{{expected}}"), c => c.charCodeAt(0));
            globalThis.isShown = () => {
              const canvas = document.getElementById("screen");
              const shown = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
              if (canvas.hidden || shown.length !== expected.length) return false;
              for (let i = 0; i < shown.length; i += 4)
                if (shown[i] !== expected[i + 2] || shown[i + 1] !== expected[i + 1] || shown[i + 2] !== expected[i] || shown[i + 3] !== 255) return false;
              return true;
            };
            null
            """);
        await browser.UntilAsync("isShown()");
    }

    private static Task<JsonNode> MouseAsync(Browser browser, string type, JsonNode place) => browser.CallAsync("Input.dispatchMouseEvent", new JsonObject
    {
        ["type"] = type,
        ["x"] = place["x"]!.GetValue<double>(),
        ["y"] = place["y"]!.GetValue<double>(),
        ["button"] = "left",
        ["buttons"] = type == "mousePressed" ? 1 : 0,
        ["clickCount"] = 1,
    });

    private static Task<JsonNode> KeyAsync(Browser browser, string type, string key, string code) =>
        browser.CallAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = type, ["key"] = key, ["code"] = code });
}
