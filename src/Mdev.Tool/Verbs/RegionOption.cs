using System.CommandLine;
using System.Globalization;

namespace Mdev.Tool.Verbs;

/// <summary><c>--region</c>: a region by its name or its number.</summary>
internal static class RegionOption
{
    private const int RomIndex = 6, ConfigIndex = 7, VgaIndex = 8, Most = 4096;

    public static Option<string?> Make(string description)
    {
        var option = new Option<string?>("--region") { Description = description, HelpName = "REGION" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && IndexOf(token.Value) is null)
                result.AddError($"'{token.Value}' is no region; it is bar0 to bar5, rom, config, vga, or a number.");
        });
        option.CompletionSources.Add("bar0", "bar1", "bar2", "bar3", "bar4", "bar5", "rom", "config");
        return option;
    }

    /// <summary>Whether what was typed means a region.</summary>
    public static bool Names(string typed, int index, string name) =>
        string.Equals(typed, name, StringComparison.OrdinalIgnoreCase) || IndexOf(typed) == index;

    /// <summary>The VFIO region index that was typed; <see langword="null"/> for what is none.</summary>
    public static int? IndexOf(string typed)
    {
        string digits = typed.StartsWith("bar", StringComparison.OrdinalIgnoreCase) ? typed[3..]
            : typed.StartsWith("region", StringComparison.OrdinalIgnoreCase) ? typed[6..]
            : typed;
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index <= Most)
            return digits.Length == typed.Length - 3 && index > 5 ? null : index;
        return typed.ToUpperInvariant() switch
        {
            "ROM" => RomIndex,
            "CONFIG" => ConfigIndex,
            "VGA" => VgaIndex,
            _ => null,
        };
    }
}
