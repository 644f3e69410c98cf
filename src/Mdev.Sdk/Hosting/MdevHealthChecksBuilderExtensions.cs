using Mdev.Sdk.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The health of virtual devices among a program's health checks.</summary>
public static class MdevHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that fails, with a sentence, if a parent is not served, its control socket, its tree or a device's socket is
    /// gone, or a device's code does not return for 5 seconds (noticed by the second check that sees it). It is degraded if the
    /// tree was wanted and cannot be served.
    /// </summary>
    /// <param name="builder">The program's health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What a failure is reported as; unhealthy if not given.</param>
    /// <param name="tags">For programs that choose checks by them.</param>
    /// <example><code>builder.Services.AddHealthChecks().AddMdev();</code></example>
    public static IHealthChecksBuilder AddMdev(
        this IHealthChecksBuilder builder, string name = "mdev", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddMdev();
        return builder.Add(new HealthCheckRegistration(
            name, services => ActivatorUtilities.CreateInstance<MdevHealthCheck>(services), failureStatus, tags));
    }
}
