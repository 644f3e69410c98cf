using Mdev.Bench.Blocks;
using Mdev.Sdk;
using Mdev.Sdk.Display.Rfb;
using Mdev.Sdk.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Bench.Servers;

/// <summary>A screen that VNC viewers look at, as a host program serves it.</summary>
internal sealed class ServedScreen : IDisposable
{
    private readonly MdevHost _host;
    private readonly VncPorts _ports;

    public ServedScreen(string path, int display)
    {
        _host = new MdevHost(NullLogger.Instance, new MdevOptions { RuntimeDirectory = Path.GetDirectoryName(path), Tree = MdevTreeMode.Off });
        var parent = new ScreenParent();
        _host.Bus.Register(parent);
        _ports = VncPorts.Start(_host.Screens, new VncAddress("", display), NullLogger.Instance, _ => { });
        _host.Create(parent.Types[0], Guid.NewGuid(), path);
    }

    public void Dispose()
    {
        _host.Dispose();
        _ports.Dispose();
    }
}
