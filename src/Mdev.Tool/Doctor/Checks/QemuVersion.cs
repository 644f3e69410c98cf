using System.Globalization;
using System.Text.RegularExpressions;

namespace Mdev.Tool.Doctor.Checks;

/// <summary>A QEMU and its version.</summary>
internal sealed partial record QemuVersion(string Program, Version Version)
{
    private static readonly string[] s_names =
        ["qemu-system-x86_64", "qemu-kvm", "qemu-system-aarch64", "qemu-system-riscv64", "qemu-system-s390x", "qemu-system-ppc64"];

    /// <summary>Looks at the QEMU that a patient has.</summary>
    /// <returns>The program, and its version unless it tells none; <see langword="null"/> if there is no QEMU.</returns>
    public static async Task<(string Program, QemuVersion? Version)?> OfAsync(Patient patient, CancellationToken cancel)
    {
        string? program = patient.Qemu ?? s_names.Select(name => Programs.Find(name, patient.SearchPath)).FirstOrDefault(p => p is not null);
        if (program is null)
            return null;
        string text = (await Programs.AskAsync(program, ["--version"], cancel).ConfigureAwait(false))?.Text ?? "";
        Match match = Pattern().Match(text);
        return (program, match.Success ? new QemuVersion(program, new Version(Number(match, 1), Number(match, 2), Number(match, 3))) : null);
    }

    private static int Number(Match match, int group) => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"version (\d{1,5})\.(\d{1,5})(?:\.(\d{1,5}))?")]
    private static partial Regex Pattern();
}
