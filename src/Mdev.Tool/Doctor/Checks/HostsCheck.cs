using System.Globalization;

namespace Mdev.Tool.Doctor.Checks;

/// <summary>Host processes that are there and do not answer.</summary>
internal sealed class HostsCheck : ICheck
{
    public Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancel)
    {
        IReadOnlyList<Finding> findings = patient.SilentHosts.Count > 0
            ? [.. patient.SilentHosts.Select(text => Finding.Problem($"{text}: end that process (kill -CONT first if it is stopped) and start it again"))]
            : [Finding.Ok(string.Create(CultureInfo.InvariantCulture,
                $"{Count(patient.Parents.Count, "parent")} ({Names(patient.Parents)}), {Count(patient.Instances.Count, "active device")}"))];
        return Task.FromResult(findings);
    }

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
