using System.Net;
using System.Text.Json;
using Mdev.Web.Tests.Device;
using Mdev.Web.Tests.Support;

namespace Mdev.Web.Tests;

/// <summary>What is served by plain requests.</summary>
public sealed class PageTests : IDisposable
{
    private readonly ServedPanels _panels = new();
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _panels.Dispose();
    }

    [Fact]
    public async Task The_page_is_one_file_that_may_load_nothing_from_elsewhere()
    {
        Panel panel = _panels.Add();
        foreach (string path in (string[])["/", $"/{panel.Uuid}"])
        {
            using HttpResponseMessage answer = await _client.GetAsync(new Uri(_panels.Url, path));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
            string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.False(answer.Headers.Contains("Server"));

            string page = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotMatch("""(src|href)\s*=\s*["']?(https?:)?//""", page);
            Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_list_has_the_devices_with_a_screen()
    {
        Panel panel = _panels.Add();
        _panels.Create("panel-blind", Guid.NewGuid());
        using JsonDocument list = JsonDocument.Parse(await _client.GetStringAsync(new Uri(_panels.Url, "/list")));
        JsonElement only = Assert.Single(list.RootElement.EnumerateArray());
        Assert.Equal(panel.Uuid, only.GetProperty("uuid").GetGuid());
        Assert.Equal("panel-4m", only.GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_first_picture_is_there_before_the_page_counts_as_loaded()
    {
        Panel panel = _panels.Add();
        using (HttpResponseMessage off = await _client.GetAsync(new Uri(_panels.Url, "/picture.bmp")))
            Assert.Equal(HttpStatusCode.NoContent, off.StatusCode);

        panel.SetMode(70, 65);
        ServedPanels.Scribble(panel, seed: 3);
        foreach (string path in (string[])["/picture.bmp", $"/{panel.Uuid}/picture.bmp"])
        {
            using HttpResponseMessage answer = await _client.GetAsync(new Uri(_panels.Url, path));
            Assert.Equal("image/bmp", answer.Content.Headers.ContentType!.MediaType);
            byte[] bitmap = await answer.Content.ReadAsByteArrayAsync();
            (int width, int height) = (BitConverter.ToInt32(bitmap, 18), -BitConverter.ToInt32(bitmap, 22));
            Assert.Equal(54 + 4 * width * height, bitmap.Length);
            for (int i = 0; i < width * height; i++)
                Assert.Equal(BitConverter.ToUInt32(panel.Vram.Slice(4 * i, 4)) & 0xffffff, BitConverter.ToUInt32(bitmap, 54 + 4 * i) & 0xffffff);
        }

        // Of which of two?
        _panels.Add();
        using HttpResponseMessage none = await _client.GetAsync(new Uri(_panels.Url, "/picture.bmp"));
        Assert.Equal(HttpStatusCode.NoContent, none.StatusCode);
    }

    [Theory]
    [InlineData("/00000000-0000-0000-0000-000000000001")]
    [InlineData("/00000000-0000-0000-0000-000000000001/live")]
    [InlineData("/no-uuid")]
    [InlineData("/favicon.ico")]
    [InlineData("/list/../../etc/passwd")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using HttpResponseMessage answer = await _client.GetAsync(new Uri(_panels.Url, path));
        Assert.Equal(path.EndsWith("live", StringComparison.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_device_that_is_not_there_or_has_no_screen_cannot_be_watched()
    {
        MdevInstance blind = _panels.Create("panel-blind", Guid.NewGuid());
        Assert.Equal(HttpStatusCode.NotFound, await Refusal.OfAsync(_panels.Url, blind.Uuid));
        Assert.Equal(HttpStatusCode.NotFound, await Refusal.OfAsync(_panels.Url, Guid.NewGuid()));
    }
}
