using Mdev.Sdk;
using Mdev.Sdk.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Virtual devices as part of a program with a generic host.</summary>
public static class MdevServiceCollectionExtensions
{
    /// <summary>
    /// Serves parents and their instances as long as the program's host runs. Options come from the section <c>Mdev</c> of the
    /// configuration; <see cref="MdevBus"/> and <see cref="MdevHost"/> can be injected.
    /// </summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configure">Sets options, over what the configuration says.</param>
    /// <returns>What parents are added to.</returns>
    /// <example><code>builder.Services.AddMdev().AddParent&lt;MttyParent&gt;("mtty0");</code></example>
    public static MdevBuilder AddMdev(this IServiceCollection services, Action<MdevOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.AddLogging();
        services.AddOptions<MdevOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<MdevOptions>, MdevOptionsBinding>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MdevOptions>, MdevOptionsValidator>());
        if (configure is not null)
            services.Configure(configure);

        services.TryAddSingleton(provider => new MdevHost(
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Mdev.Sdk"),
            provider.GetRequiredService<IOptions<MdevOptions>>().Value));
        services.TryAddSingleton(provider => provider.GetRequiredService<MdevHost>().Bus);
        services.TryAddSingleton<MdevService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MdevService>(
            provider => provider.GetRequiredService<MdevService>()));
        return new MdevBuilder(services);
    }
}
