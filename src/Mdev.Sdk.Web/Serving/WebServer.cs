using System.Net.Sockets;
using Mdev.Sdk.Hosting;
using Mdev.Sdk.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mdev.Sdk.Web.Serving;

/// <summary>The web server of a host program. Of the process it takes nothing: no signals, no configuration, no output.</summary>
internal sealed class WebServer : IDisposable
{
    // The page's own, and those of browsers that keep one open for the next request.
    private const int MaxConnections = 2 * ScreenPages.MaxViewers;

    private const string Forbidden = "Open the address that the program has printed when it started, with the token if there is one.\n";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;
    private AccessGuard? _guard;

    private WebServer(WebApplication app) => _app = app;

    /// <summary>What to open, with the token if there is one.</summary>
    public string Url => _guard!.Url;

    /// <summary>Starts it.</summary>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static WebServer Start(WebAddress address, MdevHost host)
    {
        // Nothing of the environment: ASPNETCORE_URLS and appsettings.json speak to a program that is a web server.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Limit(kestrel, address));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(host);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = s_patience);

        WebApplication app = builder.Build();
        var server = new WebServer(app);
        app.Use(server.AdmitAsync);
        app.MapMdevScreens();
        try
        {
            app.StartAsync().GetAwaiter().GetResult();
            server._guard = new AccessGuard(address with { Port = PortOf(app) });
            return server;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            app.DisposeAsync().AsTask().Wait();
            string why = e.InnerException is AddressInUseException ? "the port is in use" : e.Message;
            throw new IOException($"--web cannot listen on {address.Address}, port {address.Port}: {why}.", e);
        }
    }

    /// <summary>Ends it; viewers are told, and not waited for longer than a second.</summary>
    public void Dispose()
    {
        using var deadline = new CancellationTokenSource(s_patience);
        Task ended = Task.Run(async () =>
        {
            await _app.StopAsync(deadline.Token).ConfigureAwait(false);
            await _app.DisposeAsync().ConfigureAwait(false);
        });
        ((IAsyncResult)ended).AsyncWaitHandle.WaitOne(2 * s_patience);
    }

    private static void Limit(KestrelServerOptions kestrel, WebAddress address)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = ScreenPages.MaxViewers;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxRequestLineSize = 4096;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(15);
        kestrel.Listen(address.Address, address.Port, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private static int PortOf(WebApplication app)
    {
        string url = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        return BindingAddress.Parse(url).Port;
    }

    private async Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        // Whoever comes before the port is known comes too early.
        if (Volatile.Read(ref _guard) is { } guard && guard.Admits(context))
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(Forbidden, context.RequestAborted).ConfigureAwait(false);
    }

    // The process' signals are the host program's.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
