using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Tool.Doctor;

/// <summary>What the doctor looks at. Paths can be chosen so that each check can be shown to fire.</summary>
internal sealed record Patient
{
    /// <summary>The runtime directory.</summary>
    public required string RuntimeDirectory { get; init; }

    /// <summary>The definitions.</summary>
    public required DefinitionStore Definitions { get; init; }

    /// <summary>Where programs are looked for, as in PATH.</summary>
    public required string SearchPath { get; init; }

    /// <summary>The QEMU to look at; the first one on <see cref="SearchPath"/> if not given.</summary>
    public string? Qemu { get; init; }

    /// <summary>The FUSE device.</summary>
    public string FuseDevice { get; init; } = "/dev/fuse";

    /// <summary>The CUSE device.</summary>
    public string CuseDevice { get; init; } = "/dev/cuse";

    /// <summary>Where processes show their command lines.</summary>
    public string Processes { get; init; } = "/proc";

    /// <summary>Where users are listed.</summary>
    public string Users { get; init; } = "/etc/passwd";

    /// <summary>Where groups are listed.</summary>
    public string Groups { get; init; } = "/etc/group";

    /// <summary>Whether this process is root.</summary>
    public bool IsPrivileged { get; init; } = Environment.IsPrivilegedProcess;

    /// <summary>The devices that are active; only the one asked about, if one is.</summary>
    public IReadOnlyList<InstanceInfo> Instances { get; init; } = [];

    /// <summary>The types that parents offer now.</summary>
    public IReadOnlyList<TypeInfo> Types { get; init; } = [];

    /// <summary>The parents that are there now.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];

    /// <summary>What host processes that could not be asked left to say.</summary>
    public IReadOnlyList<string> SilentHosts { get; init; } = [];
}
