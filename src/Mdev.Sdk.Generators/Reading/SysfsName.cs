namespace Mdev.Sdk.Generators.Reading;

/// <summary>Which names sysfs can have.</summary>
internal static class SysfsName
{
    public const int Longest = 64;

    // Source: drivers/vfio/mdev/mdev_sysfs.c and the driver core, for the directory of an instance, a parent and a type.
    private static readonly HashSet<string> s_core = new(StringComparer.Ordinal)
    {
        "create", "remove", "mdev_type", "mdev_supported_types", "uevent", "power", "driver", "driver_override", "subsystem", "iommu", "iommu_group",
        "vfio-dev", "modalias", "firmware_node", "of_node",
    };

    private static readonly HashSet<string> s_ofType = new(StringComparer.Ordinal)
    {
        "name", "device_api", "available_instances", "description", "devices",
    };

    // Source: Documentation/PCI/sysfs-pci.rst, and what pciutils looks for; and the folder that the tree has it all in.
    private static readonly HashSet<string> s_pci = new(StringComparer.Ordinal)
    {
        "class", "config", "device", "irq", "resource", "revision", "rom", "subsystem_device", "subsystem_vendor", "vendor", "numa_node", "pci",
    };

    /// <summary>Part of a path: 1 to 64 characters that need no quoting anywhere.</summary>
    public static bool IsValid(string name) =>
        name.Length is >= 1 and <= Longest

        // Permitted characters, and yet directories of their own.
        && name is not ("." or "..")
        && name.All(IsAllowed);

    /// <summary>Why an attribute cannot have that name; null if it can.</summary>
    public static string? WhyNoAttribute(string name, MdevAttributeOwner owner)
    {
        string[] parts = name.Split('/');
        if (parts.Length > 2)
            return "a name has at most one slash, between a group and a file in it";
        if (!parts.All(IsValid))
            return "use 1 to 64 of the characters A-Z a-z 0-9 . _ -, and a slash between a group and a file in it";

        // mtty's own group is "vendor", beside which nothing of that name can be a file.
        return IsTaken(parts[0], owner) && !(parts is ["vendor", _])
            ? $"'{parts[0]}' is the kernel's; put it into a group, as in \"{Corrected(name)}\""
            : null;
    }

    /// <summary>The name that an author may have wanted instead; empty where there is none.</summary>
    public static string Corrected(string name)
    {
        string[] parts = name.Split('/');
        if (parts.All(IsValid) && parts.Length <= 2)
            return "vendor/" + parts[parts.Length - 1];
        IEnumerable<string> legal = parts.Where(p => p.Trim('.').Length > 0).Select(p => new string([.. p.Take(Longest).Select(c => IsAllowed(c) ? c : '_')]));
        string corrected = string.Join("/", legal);
        int slash = corrected.IndexOf('/');
        return slash < 0 ? corrected : corrected.Substring(0, slash + 1) + corrected.Substring(slash + 1).Replace('/', '_');
    }

    /// <summary>A member's name as the kernel's files are named: <c>assign_adapter</c>.</summary>
    public static string Of(string member)
    {
        string name = member.TrimStart('_');
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            // A word begins at a capital, and a run of them is one word but for the last: APConfig is ap_config.
            bool begins = char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (begins)
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    private static bool IsAllowed(char c) => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-';

    private static bool IsTaken(string name, MdevAttributeOwner owner) =>
        s_core.Contains(name)
        || (owner == MdevAttributeOwner.Device && (s_pci.Contains(name) || IsResource(name)))
        || (owner == MdevAttributeOwner.Other && s_ofType.Contains(name));

    // resource0, and resource0_wc where a prefetchable BAR is mapped.
    private static bool IsResource(string name) =>
        name.StartsWith("resource", StringComparison.Ordinal) && name.Length > 8 && char.IsDigit(name[8]);
}
