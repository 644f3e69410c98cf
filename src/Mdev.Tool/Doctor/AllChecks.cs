using Mdev.Tool.Doctor.Checks;

namespace Mdev.Tool.Doctor;

/// <summary>The checks, in the order of their lines.</summary>
internal static class AllChecks
{
    public static IReadOnlyList<ICheck> List { get; } =
    [
        new RuntimeDirectoryCheck(),
        new LeftoversCheck(),
        new HostsCheck(),
        new SocketPermissionCheck(),
        new QemuCheck(),
        new SharedMemoryCheck(),
        new UnplugCheck(),
        new MigrationCheck(),
        new FuseCheck(),
        new CuseCheck(),
        new MdevctlCheck(),
        new DefinitionsCheck(),
    ];
}
