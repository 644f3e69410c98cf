using System.Globalization;
using System.Text.RegularExpressions;

namespace Mdev.Tool.Doctor.Checks;

/// <summary>The mdevctl that <c>dotnet mdev mdevctl</c> runs: 1.3 or newer, which can be told where the tree is.</summary>
internal sealed partial class MdevctlCheck : ICheck
{
    private static readonly Version s_oldest = new(1, 3);

    public async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancel)
    {
        if (Programs.Find("mdevctl", patient.SearchPath) is not { } program)
            return [Finding.Warning("mdevctl is not installed (dotnet mdev has its verbs; only dotnet mdev mdevctl needs it): install mdevctl 1.3 or newer")];

        string text = (await Programs.AskAsync(program, ["--version"], cancel).ConfigureAwait(false))?.Text ?? "";
        Match match = Pattern().Match(text);
        if (!match.Success)
            return [Finding.Warning($"{program} does not tell its version, but says '{text.Split('\n')[0]}': is it mdevctl, installed as a package?")];
        var version = new Version(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        return [version >= s_oldest
            ? Finding.Ok($"{program} is mdevctl {version}")
            : Finding.Warning($"{program} is mdevctl {version}, which knows only the kernel's tree: install 1.3 or newer for dotnet mdev mdevctl")];
    }

    [GeneratedRegex(@"(\d{1,5})\.(\d{1,5})")]
    private static partial Regex Pattern();
}
