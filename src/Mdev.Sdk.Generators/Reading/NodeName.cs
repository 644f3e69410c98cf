namespace Mdev.Sdk.Generators.Reading;

/// <summary>Which names the node of a character device can have.</summary>
internal static class NodeName
{
    private static readonly (string Placeholder, int Length)[] s_placeholders = [("{uuid}", 36), ("{short}", 8), ("{n}", 1)];

    // What an instance's folder has beside its character devices, where they are files.
    private static readonly string[] s_taken = ["info", "regions", "irqs", "reset"];

    /// <summary>Why not; null if it can.</summary>
    public static string? WhyNot(string name)
    {
        string filled = name;
        foreach ((string placeholder, int length) in s_placeholders)
            filled = filled.Replace(placeholder, new string('0', length));
        int brace = filled.IndexOfAny(['{', '}']);
        if (brace >= 0)
            return "placeholders are {uuid}, {short} and {n}";
        if (filled.Length > SysfsName.Longest && filled.Length != name.Length)
            return $"filled in it has {filled.Length} characters, and a name at most {SysfsName.Longest}";
        if (!SysfsName.IsValid(filled))
            return "use 1 to 64 of the characters A-Z a-z 0-9 . _ -, and the placeholders {uuid}, {short} and {n}";
        return s_taken.Contains(name)
            ? "where the device is served as files, the file of that name is the SDK's; choose another"
            : null;
    }
}
