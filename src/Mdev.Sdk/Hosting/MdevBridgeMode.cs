namespace Mdev.Sdk.Hosting;

/// <summary>How devices are there on the host, beside their sockets.</summary>
public enum MdevBridgeMode
{
    /// <summary>Not at all, save character devices that a terminal asked for.</summary>
    Off,

    /// <summary>Each instance as a folder of files below the runtime directory, by FUSE: without root, and without a module.</summary>
    Fuse,

    /// <summary>Each instance as a node <c>/dev/mdev-UUID</c>, and its character devices beside it, by CUSE: as root, with the module cuse.</summary>
    Cuse,
}
