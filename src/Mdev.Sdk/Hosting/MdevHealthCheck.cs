using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mdev.Sdk.Hosting;

/// <summary>
/// Whether guests find their devices and tools find the host. Unhealthy: what can be repaired by starting anew only. Degraded:
/// what was meant to be served and is not, while the devices are.
/// </summary>
internal sealed class MdevHealthCheck(MdevHost host, MdevService service) : IHealthCheck
{
    // Beyond this QEMU gives a command up, and its guest's processor has waited all the time.
    private static readonly TimeSpan s_longestWork = TimeSpan.FromSeconds(5);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<MdevHost.Served> instances = host.Instances;
        var data = new Dictionary<string, object>
        {
            ["parents"] = host.Bus.Parents.Count,
            ["instances"] = instances.Count,
            ["clients"] = instances.Count(i => i.Server.HasClient),
        };

        string[] failures = [.. service.Failures(), .. FailuresOf(instances)];
        if (failures.Length > 0)
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, string.Join(' ', failures), data: data));
        string[] lacks = [.. service.Lacks()];
        return Task.FromResult(lacks.Length > 0
            ? HealthCheckResult.Degraded(string.Join(' ', lacks), data: data)
            : HealthCheckResult.Healthy($"{data["instances"]} devices are served, {data["clients"]} are in use.", data));
    }

    private IEnumerable<string> FailuresOf(IReadOnlyList<MdevHost.Served> instances)
    {
        foreach (MdevHost.Served instance in instances)
        {
            if (!instance.Server.HasFile)
                yield return $"The socket of {instance.Uuid} is gone from {instance.Socket}: no client finds the device.";
            if (!instance.Server.IsAccepting)
                yield return $"The device {instance.Uuid} takes no client any more.";
        }
        foreach (StuckDevice stuck in host.Watch.Look())
        {
            if (stuck.Since >= s_longestWork)
                yield return $"The code of device {stuck.Instance.Uuid} ({stuck.Instance.Type.Id}) has not returned for {stuck.Since.TotalSeconds:F0} s.";
        }
    }
}
