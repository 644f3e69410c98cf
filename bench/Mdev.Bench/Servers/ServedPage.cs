using System.Net;
using Mdev.Bench.Blocks;
using Mdev.Sdk;
using Mdev.Sdk.Hosting;
using Mdev.Sdk.Web.Access;
using Mdev.Sdk.Web.Serving;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Bench.Servers;

/// <summary>A host with one screen and a page for it; where the screen is live, a file says.</summary>
internal sealed class ServedPage : IDisposable
{
    /// <summary>The name of the thread that draws, which a guest would do elsewhere.</summary>
    public const string Painter = "painter";

    private readonly MdevHost _host;
    private readonly WebServer _server;
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _painter;

    /// <param name="path">The file, and the host's folder is the one that it is in.</param>
    /// <param name="drawsPerSecond">How often a quarter of the screen is drawn anew; 0 for never.</param>
    /// <param name="isNoise">Whether what is drawn cannot be compressed.</param>
    public ServedPage(string path, int drawsPerSecond, bool isNoise)
    {
        var options = new MdevOptions { RuntimeDirectory = Path.GetDirectoryName(path), Tree = MdevTreeMode.Off };
        _host = new MdevHost(NullLogger.Instance, options);
        _host.Bus.Register(new DrawnParent());
        _server = WebServer.Start(new WebAddress(IPAddress.Loopback, 0), _host);
        MdevInstance instance = _host.Bus.Create(_host.Bus.FindType("drawn-1"), Guid.NewGuid());
        var panel = (DrawnPanel)instance.Device;
        panel.Draw(0);
        _painter = new Thread(() => Paint(panel, drawsPerSecond, isNoise)) { IsBackground = true, Name = Painter };
        _painter.Start();
        File.WriteAllText(path, new Uri(new Uri(_server.Url), $"{instance.Uuid}/live").ToString());
    }

    public void Dispose()
    {
        _end.Cancel();
        _painter.Join();
        _server.Dispose();
        _host.Dispose();
        _end.Dispose();
    }

    private void Paint(DrawnPanel panel, int drawsPerSecond, bool isNoise)
    {
        if (drawsPerSecond == 0)
            return;
        for (uint step = 1; !_end.Token.WaitHandle.WaitOne(1000 / drawsPerSecond); step++)
        {
            if (isNoise)
                panel.DrawNoise(step);
            else
                panel.Draw(step);
        }
    }
}
