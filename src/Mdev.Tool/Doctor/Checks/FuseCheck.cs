using Mdev.Sdk.Interop;
namespace Mdev.Tool.Doctor.Checks;

/// <summary>What the sysfs-like tree needs, which only mdevctl and lspci need.</summary>
internal sealed class FuseCheck : ICheck
{
    private const string Needless = "(only dotnet mdev mdevctl, and tools that read the tree, need it)";

    public Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancel) => Task.FromResult(Look(patient));

    private static IReadOnlyList<Finding> Look(Patient patient)
    {
        string device = patient.FuseDevice;
        if (!File.Exists(device))
            return [Finding.Warning($"{device} is missing {Needless}: modprobe fuse; in a container, give it the device")];
        if (!FileRights.CanReadAndWrite(device))
            return [Finding.Warning($"you may not open {device} {Needless}: chmod 666 {device}, as distributions have it")];
        if (patient.IsPrivileged)
            return [Finding.Ok($"{device} can be opened")];
        return [Programs.Find("fusermount3", patient.SearchPath) is { } helper
            ? Finding.Ok($"{device} can be opened, and {helper} mounts for you")
            : Finding.Warning($"fusermount3 is missing {Needless}: install fuse3; without it the tree is seen by its host process alone, where user namespaces are allowed")];
    }
}
