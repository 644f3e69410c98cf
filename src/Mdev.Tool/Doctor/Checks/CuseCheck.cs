using Mdev.Sdk.Interop;
namespace Mdev.Tool.Doctor.Checks;

/// <summary>What a host program's <c>--bridge cuse</c> needs.</summary>
internal sealed class CuseCheck : ICheck
{
    private const string Needless = "(only --bridge cuse needs it; --bridge fuse does not)";

    public Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Finding>>([Look(patient.CuseDevice)]);

    private static Finding Look(string device) =>
        !File.Exists(device) ? Finding.Warning($"{device} is missing {Needless}: modprobe cuse")
        : FileRights.CanReadAndWrite(device) ? Finding.Ok($"{device} can be opened")
        : Finding.Warning($"you may not open {device} {Needless}: it is root's");
}
