using Mdev.Sdk.Management.Control;
using Mdev.Tool.Hosts;

namespace Mdev.Tool.Doctor.Checks;

/// <summary>What host processes that were killed have left: sockets that nobody listens on, mounts that nobody answers for.</summary>
internal sealed class LeftoversCheck : ICheck
{
    public Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancel)
    {
        List<Finding> findings =
        [
            .. StaleSockets.Find(patient.RuntimeDirectory).Select(path => Finding.Warning(
                $"nobody listens on {path}, its host process was killed: dotnet mdev doctor --fix removes it")),
            .. Leftovers.FindMounts(patient.RuntimeDirectory).Select(path => Finding.Warning(
                $"nobody answers for what is mounted on {path}, its host process was killed: dotnet mdev doctor --fix removes it")),
        ];
        if (findings.Count == 0)
            findings.Add(Finding.Ok("no host process has left sockets or mounts behind"));
        return Task.FromResult<IReadOnlyList<Finding>>(findings);
    }
}
