namespace Mdev.Sdk.Bridge.Tree;

/// <summary>Where things are below the root that mdevctl is given as MDEVCTL_ENV_ROOT. Source: mdevctl's Environment; Linux ABI/testing/sysfs-bus-vfio-mdev.</summary>
/// <param name="Root">The root folder, absolute.</param>
internal sealed record TreeLayout(string Root)
{
    public const string PciDomain = "10000";

    /// <summary>The folder of an instance that looks like a PCI device of sysfs.</summary>
    public const string PciView = "pci";

    public string ClassFolder => Path.Combine(Root, "sys/class/mdev_bus");

    public string MdevFolder => Path.Combine(Root, "sys/bus/mdev/devices");

    public string PciFolder => Path.Combine(Root, "sys/bus/pci/devices");

    public string DevicesFolder => Path.Combine(Root, "sys/devices/virtual");

    /// <summary>What a parent's live host process holds.</summary>
    public string Claim(string parent) => Path.Combine(Root, "live", parent);

    /// <summary>The name of the parent that a link of the tree leads to, or to an instance of; null of one that is not the tree's.</summary>
    public static string? ParentOf(string link)
    {
        string[] parts = SymbolicLink.TargetOf(link)?.Split('/') ?? [];
        int driver = Array.IndexOf(parts, "virtual") + 1;
        return driver > 0 && driver + 1 < parts.Length ? parts[driver + 1] : null;
    }

    /// <summary>The mount point of a parent.</summary>
    public string ParentFolder(MdevParent parent) => Path.Combine(DevicesFolder, parent.Driver, parent.Name);

    public string ClassLink(MdevParent parent) => Path.Combine(ClassFolder, parent.Name);

    public string MdevLink(Guid uuid) => Path.Combine(MdevFolder, uuid.ToString());

    /// <summary>What <see cref="ClassLink"/> leads to.</summary>
    public static string ClassTarget(MdevParent parent) => $"../../devices/virtual/{parent.Driver}/{parent.Name}";

    /// <summary>What the link of an instance on the PCI bus leads to.</summary>
    public static string PciTarget(MdevParent parent, Guid uuid) => $"{BusTarget(parent, uuid)}/{PciView}";

    /// <summary>What the link of an instance on the mdev bus leads to.</summary>
    public static string BusTarget(MdevParent parent, Guid uuid) => $"../../../devices/virtual/{parent.Driver}/{parent.Name}/{uuid}";

    /// <summary>Makes the plain folders, and the link to the definitions; mdevctl does nothing where one lacks.</summary>
    /// <exception cref="IOException">They cannot be made.</exception>
    public void Make()
    {
        try
        {
            foreach (string folder in (string[])[ClassFolder, MdevFolder, PciFolder, DevicesFolder, Path.Combine(Root, "live"), Path.Combine(Root, "etc")])
                Directory.CreateDirectory(folder);
            CalloutScript.Install(Root);
            string definitions = Definitions;
            Directory.CreateDirectory(definitions);
            string link = Path.Combine(Root, "etc/mdevctl.d");
            if (SymbolicLink.TargetOf(link) != definitions)
            {
                File.Delete(link);
                File.CreateSymbolicLink(link, definitions);
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"Cannot make the tree below {Root}: {e.Message}", e);
        }
    }

    // As mdevctl has it, so that what is defined with either is defined for both.
    private static string Definitions
    {
        get
        {
            if (Environment.GetEnvironmentVariable("MDEV_CONFIG_DIR") is { Length: > 0 } own)
                return Path.GetFullPath(own);
            if (Environment.IsPrivilegedProcess)
                return "/etc/mdevctl.d";
            string config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } xdg
                ? xdg
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
            return Path.Combine(config, "mdevctl.d");
        }
    }
}
