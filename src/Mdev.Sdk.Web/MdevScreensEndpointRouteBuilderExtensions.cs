using Mdev.Sdk.Hosting;
using Mdev.Sdk.Web.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The screens of virtual devices as part of a web application.</summary>
public static class MdevScreensEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves a page that shows the screens of the program's devices live: those of <c>AddMdev</c>. Who may see them, and type on them, is
    /// the application's to say, as by <c>RequireAuthorization</c>.
    /// </summary>
    /// <param name="endpoints">Where; below a path by <c>MapGroup</c>.</param>
    /// <returns>What is demanded of requests is added to.</returns>
    /// <exception cref="InvalidOperationException">The program has no devices: <c>AddMdev</c> is missing.</exception>
    /// <example><code>app.MapGroup("/screens").MapMdevScreens().RequireAuthorization();</code></example>
    public static IEndpointConventionBuilder MapMdevScreens(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        IServiceProvider services = endpoints.ServiceProvider;
        var pages = new ScreenPages(
            services.GetRequiredService<MdevHost>(), services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

        // Its own WebSockets: the application may have none.
        RequestDelegate watch = endpoints.CreateApplicationBuilder().UseWebSockets().Use(_ => pages.WatchAsync).Build();
        RouteGroupBuilder group = endpoints.MapGroup("");
        group.MapGet("/", pages.ShowAsync);
        group.MapGet($"/{{{ScreenPages.Uuid}:guid}}", pages.ShowAsync);
        group.MapGet($"/{{{ScreenPages.Uuid}:guid}}/live", watch);
        group.MapGet($"/{{{ScreenPages.Uuid}:guid}}/picture.bmp", pages.TakeAsync);
        group.MapGet("/picture.bmp", pages.TakeAsync);
        group.MapGet("/list", pages.ListAsync);
        return group;
    }
}
