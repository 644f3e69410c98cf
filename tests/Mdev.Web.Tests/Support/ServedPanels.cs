using System.Net;
using System.Runtime.InteropServices;
using Mdev.Sdk.Web.Access;
using Mdev.Sdk.Web.Serving;
using Mdev.Web.Tests.Device;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Web.Tests.Support;

/// <summary>Panels of this process, and a page for them on a free port.</summary>
internal sealed class ServedPanels : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("web");
    private readonly PanelParent _parent = new();

    /// <param name="address">127.0.0.1 unless given.</param>
    public ServedPanels(IPAddress? address = null)
    {
        Host = new MdevHost(
            NullLogger.Instance, new MdevOptions { RuntimeDirectory = _directory.FullName, Tree = MdevTreeMode.Off });
        Host.Bus.Register(_parent);
        Server = WebServer.Start(new WebAddress(address ?? IPAddress.Loopback, 0), Host);
        Url = new Uri(Server.Url);
    }

    public MdevHost Host { get; }

    public WebServer Server { get; }

    /// <summary>What to open.</summary>
    public Uri Url { get; }

    /// <summary>One more panel, which is off.</summary>
    public Panel Add(Guid? uuid = null) => (Panel)Create("panel-4m", uuid ?? Guid.NewGuid()).Device;

    public MdevInstance Create(string type, Guid uuid) => Host.Bus.Create(Host.Bus.FindType(type), uuid);

    public void Remove(Panel panel) => Host.Bus.Remove(panel.Uuid);

    /// <summary>A panel's frame buffer, as its guest maps it: 0x00RRGGBB, line by line.</summary>
    public static Span<uint> PixelsOf(Panel panel) =>
        MemoryMarshal.Cast<byte, uint>(panel.Vram.Slice(0, 4 * panel.Registers.Width * panel.Registers.Height));

    /// <summary>Random pixels everywhere.</summary>
    public static void Scribble(Panel panel, int seed)
    {
        var random = new Random(seed);
        foreach (ref uint pixel in PixelsOf(panel))
            pixel = (uint)random.Next(0x100_0000);
    }

    /// <summary>A rectangle of one colour.</summary>
    public static void Fill(Panel panel, int x, int y, int width, int height, uint colour)
    {
        Span<uint> pixels = PixelsOf(panel);
        for (int line = y; line < y + height; line++)
            pixels.Slice(line * panel.Registers.Width + x, width).Fill(colour);
    }

    public void Dispose()
    {
        Server.Dispose();
        Host.Dispose();
        _directory.Delete(recursive: true);
    }
}
