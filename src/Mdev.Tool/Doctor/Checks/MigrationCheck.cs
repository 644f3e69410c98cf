using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Tool.Doctor.Checks;

/// <summary>Virtual machines that must not be migrated: QEMU completes it, and the device is blank at the destination.</summary>
internal sealed class MigrationCheck : ICheck
{
    public Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancel)
    {
        IReadOnlyList<Finding> findings = [.. patient.Instances.Where(i => IsQemu(i.Serving)).Select(i => Finding.Warning(
            $"{i.Serving!.Client} must not be migrated or saved: QEMU reports success and loses the state of device {i.Uuid} (up to 11.1); unplug it first, or shut the guest down"))];
        return Task.FromResult(findings);
    }

    private static bool IsQemu(ServingInfo? serving) => serving?.Client?.Contains("qemu", StringComparison.OrdinalIgnoreCase) == true;
}
