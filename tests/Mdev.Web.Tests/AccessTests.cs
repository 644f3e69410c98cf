using System.Net;
using Mdev.Sdk.Web.Access;
using Mdev.Web.Tests.Device;
using Mdev.Web.Tests.Support;

namespace Mdev.Web.Tests;

/// <summary>Who gets the page, and who does not.</summary>
public sealed class AccessTests
{
    [Theory]
    [InlineData("127.0.0.1:8080", "127.0.0.1", 8080)]
    [InlineData(":0", "127.0.0.1", 0)]
    [InlineData("localhost:65535", "127.0.0.1", 65535)]
    [InlineData("[::1]:80", "::1", 80)]
    [InlineData("0.0.0.0:1", "0.0.0.0", 1)]
    public void An_address_is_read(string text, string address, int port)
    {
        Assert.True(WebAddress.TryParse(text, out WebAddress? read));
        Assert.Equal(new WebAddress(IPAddress.Parse(address), port), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("8080")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.1:80")]
    [InlineData("1:80")]
    [InlineData("::1:80")]
    [InlineData("[::1]")]
    [InlineData("[127.0.0.1]:80")]
    [InlineData("example.org:80")]
    public void What_is_no_address_is_refused(string text) => Assert.False(WebAddress.TryParse(text, out _));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:1", true)]
    [InlineData("[::1]:9", true)]
    [InlineData("127.0.0.1.example.org", false)]
    [InlineData("localhost.example.org", false)]
    [InlineData("example.org", false)]
    [InlineData("192.0.2.1", false)]
    public async Task On_loop_back_only_names_of_loop_back_are_answered(string host, bool isAnswered)
    {
        using var panels = new ServedPanels();
        Assert.Equal(isAnswered ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await StatusAsync(panels.Url, host: host));
    }

    [Fact]
    public async Task A_page_of_somebody_elses_cannot_watch()
    {
        using var panels = new ServedPanels();
        Panel panel = panels.Add();
        foreach (string origin in (string[])["http://example.org", "https://127.0.0.1", "null", "", "http://127.0.0.1:1", "file://"])
            Assert.Equal(HttpStatusCode.Forbidden, await Refusal.OfAsync(panels.Url, panel.Uuid, o => o.SetRequestHeader("Origin", origin)));
        using PageClient page = await PageClient.ConnectAsync(panels.Url, panel.Uuid);
    }

    [Fact]
    public async Task Another_address_is_for_whoever_has_the_token()
    {
        using var panels = new ServedPanels(IPAddress.Any);
        Panel panel = panels.Add();
        string token = panels.Url.Query;
        Assert.Matches("^[?]token=[A-Za-z0-9_-]{22}$", token);
        var url = new UriBuilder(panels.Url) { Host = "127.0.0.1", Query = "" };

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(url.Uri));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(new Uri(url.Uri, "/list")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(new Uri(url.Uri, token[..^1])));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(new Uri(url.Uri, token), host: "example.org"));
        Assert.Equal(HttpStatusCode.Forbidden, await Refusal.OfAsync(url.Uri, panel.Uuid));

        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler);
        using HttpResponseMessage answer = await browser.GetAsync(new Uri(url.Uri, token));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        string cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);

        // From here on it need not be in the address.
        Assert.Equal("application/json", (await browser.GetAsync(new Uri(url.Uri, "/list"))).Content.Headers.ContentType!.MediaType);
        using PageClient page = await PageClient.ConnectAsync(url.Uri, panel.Uuid, o => o.Cookies = handler.CookieContainer);
        Assert.True(await page.ReceiveAsync());
    }

    [Fact]
    public void Loop_back_needs_no_token_and_each_start_makes_another()
    {
        Assert.Null(new AccessGuard(new WebAddress(IPAddress.IPv6Loopback, 80)).Token);
        Assert.Equal("http://[::1]:80/", new AccessGuard(new WebAddress(IPAddress.IPv6Loopback, 80)).Url);
        var address = new WebAddress(IPAddress.Parse("192.0.2.1"), 80);
        Assert.NotEqual(new AccessGuard(address).Token, new AccessGuard(address).Token);
        Assert.StartsWith("http://192.0.2.1:80/?token=", new AccessGuard(address).Url, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(Uri url, string? host = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Host = host;
        using HttpResponseMessage answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
