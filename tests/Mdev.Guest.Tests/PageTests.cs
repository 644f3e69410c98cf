using System.Net.Sockets;
using System.Text.RegularExpressions;
using Mdev.Web.Tests.Support;

namespace Mdev.Guest.Tests;

/// <summary>The page of samples/Mbochs in a browser, while the kernel's bochs driver sets modes and draws.</summary>
public sealed partial class PageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mdev-");

    [LabFact(Need.Browser)]
    public async Task The_page_follows_each_mode_shows_each_pixel_and_names_the_registers()
    {
        using Card display = Card.Display("mbochs-small", "--resolution", "800x600", "--web", "127.0.0.1:0");
        using Browser browser = await Browser.OpenAsync(Address().Match(display.Log).Value);
        await browser.UntilAsync("document.getElementById('none')?.textContent === 'no picture: it is off'");

        string answers = Path.Combine(_folder.FullName, "answers");
        using Guest guest = Guest.Start(
            display, Paths.Lab("scripts/display"), "--qemu-arg", "-serial", "--qemu-arg", $"unix:{answers},server=on,wait=off");
        guest.WaitFor("modes ");
        using var port = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        port.Connect(new UnixDomainSocketEndPoint(answers));
        int pictures = 0;
        while (guest.Next("drawn ", pictures + 1) is { } line)
        {
            string[] words = line.Split(' ');
            await browser.UntilAsync($"document.getElementById('mode').textContent === '{words[1]}'");
            await browser.UntilAsync(IsDrawn(words[2].Split(':')[1]));
            pictures++;
            port.Send("\n"u8);
        }

        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        Assert.Equal(3, pictures);
        await browser.UntilAsync("document.getElementById('log').textContent.includes('XRES <- 0x0320')");
        Assert.Empty(browser.Complaints);
        Assert.Equal(0, display.Terminate());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Source of the formula: lab/README.md, "Displays".
    private static string IsDrawn(string seed) => $$"""
        (canvas => {
          const shown = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          for (let at = 0; at < shown.length; at += 4) {
            const x = at / 4 % canvas.width, y = Math.floor(at / 4 / canvas.width);
            const v = Math.imul(x, 0x9e3779b1) + Math.imul(y, 0x85ebca77) + Math.imul({{seed}}, 0xc2b2ae3d) >>> 0;
            const colour = (v ^ v >>> 16) & 0xffffff;
            if (shown[at] !== colour >> 16 || shown[at + 1] !== (colour >> 8 & 0xff) || shown[at + 2] !== (colour & 0xff)) return false;
          }
          return !canvas.hidden;
        })(document.getElementById("screen"))
        """;

    [GeneratedRegex("http://127[.0-9]+:[0-9]+/")]
    private static partial Regex Address();
}
