namespace Mdev.Tool.Doctor.Checks;

/// <summary>Unplugging a device that has MSI-X, which ends QEMU 11.1 by an assertion.</summary>
internal sealed class UnplugCheck : ICheck
{
    public async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancel)
    {
        string[] devices = [.. patient.Instances.Where(i => i.Serving is { HasMsix: true }).Select(i => i.Uuid.ToString())];
        if (devices.Length == 0 || (await QemuVersion.OfAsync(patient, cancel).ConfigureAwait(false))?.Version is not { Version: var version })
            return [];
        return version is { Major: 11, Minor: 1 }
            ? [.. devices.Select(d => Finding.Warning(
                $"device {d} has MSI-X, and device_del of such a device aborts QEMU {version}: shut the guest down to remove it, or give the device MSI alone"))]
            : [Finding.Ok($"QEMU {version} can unplug devices with MSI-X, as far as is known")];
    }
}
