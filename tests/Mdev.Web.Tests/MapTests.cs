using System.Net;
using Mdev.Web.Tests.Device;
using Mdev.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mdev.Web.Tests;

/// <summary>The page as part of a program that has a web application of its own.</summary>
public sealed class MapTests
{
    [Fact]
    public async Task An_application_has_the_screens_below_a_path_of_its_own()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("web");
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddMdev(o => (o.RuntimeDirectory, o.Tree) = (directory.FullName, MdevTreeMode.Off)).AddParent<PanelParent>("panel0");
        await using WebApplication app = builder.Build();
        app.MapGet("/", () => "mine");
        app.MapGroup("/screens").MapMdevScreens();
        await app.StartAsync();
        try
        {
            MdevBus bus = app.Services.GetRequiredService<MdevBus>();
            var panel = (Panel)bus.Create(bus.FindType("panel-4m"), Guid.NewGuid()).Device;
            panel.SetMode(100, 100);
            ServedPanels.Scribble(panel, seed: 1);

            var url = new Uri(app.Urls.Single());
            using var client = new HttpClient();
            Assert.Equal("mine", await client.GetStringAsync(url));
            foreach (string path in (string[])["/screens", "/screens/", "/screens/list", $"/screens/{panel.Uuid}"])
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(url, path))).StatusCode);

            Assert.Equal(HttpStatusCode.Forbidden, await Refusal.OfAsync(url, panel.Uuid, o => o.SetRequestHeader("Origin", "http://a"), "/screens"));
            using PageClient page = await PageClient.ConnectAsync(url, panel.Uuid, below: "/screens");
            await page.UntilAsync(() => page.Width == 100 && ServedPanels.PixelsOf(panel).SequenceEqual(page.Pixels));
        }
        finally
        {
            await app.StopAsync();
            directory.Delete(recursive: true);
        }
    }
}
