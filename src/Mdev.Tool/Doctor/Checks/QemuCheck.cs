namespace Mdev.Tool.Doctor.Checks;

/// <summary>A QEMU that can attach the devices: 10.1 or newer, built with vfio-user.</summary>
internal sealed class QemuCheck : ICheck
{
    private static readonly Version s_oldest = new(10, 1, 0), s_better = new(10, 1, 1);

    public async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancel)
    {
        if (await QemuVersion.OfAsync(patient, cancel).ConfigureAwait(false) is not { } found)
            return [Finding.Problem("there is no QEMU on PATH: install 10.1 or newer (Debian 13: qemu-system-x86 from trixie-backports), or name one with --qemu")];
        if (found.Version is not { Version: var version })
            return [Finding.Problem($"{found.Program} does not tell its version: is it QEMU, and may you run it?")];
        if (version < s_oldest)
            return [Finding.Problem($"{found.Program} is QEMU {version}, which has no vfio-user-pci: install 10.1 or newer (Debian 13: qemu-system-x86 from trixie-backports)")];

        (int status, string text) = await Programs.AskAsync(found.Program, ["-device", "vfio-user-pci,help"], cancel).ConfigureAwait(false) ?? (1, "");
        if (status != 0 || !text.Contains("socket", StringComparison.Ordinal))
            return [Finding.Problem($"{found.Program} is QEMU {version}, built without vfio-user-pci: install a build that has it (-device help lists it)")];
        return version < s_better
            ? [Finding.Warning($"{found.Program} is QEMU {version}, the first with vfio-user-pci: 10.1.1 and newer have it corrected")]
            : [Finding.Ok($"{found.Program} is QEMU {version} and has vfio-user-pci")];
    }
}
