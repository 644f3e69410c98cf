using Mdev.Sdk.Management.Control;

namespace Mdev.Tool.Doctor.Checks;

/// <summary>What host processes that were killed have left: sockets that nobody listens on.</summary>
internal sealed class LeftoversCheck : ICheck
{
    public Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancel)
    {
        IReadOnlyList<string> stale = StaleSockets.Find(patient.RuntimeDirectory);
        IReadOnlyList<Finding> findings = stale.Count == 0
            ? [Finding.Ok("no host process has left a socket behind")]
            : [.. stale.Select(path => Finding.Warning($"nobody listens on {path}, its host process was killed: dotnet mdev doctor --fix removes it"))];
        return Task.FromResult(findings);
    }
}
