namespace Mdev.Sdk.Hosting;

/// <summary>Whether a host serves the sysfs-like tree that <c>mdevctl</c> and <c>lspci</c> read.</summary>
public enum MdevTreeMode
{
    /// <summary>Where the machine lets it; otherwise a warning says what is missing, and everything else is served.</summary>
    On,

    /// <summary>No tree.</summary>
    Off,

    /// <summary>The host does not start without it.</summary>
    Required,
}
