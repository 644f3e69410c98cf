namespace Mdev.Devices.Tests;

/// <summary>A test that maps: over the bridge root's alone, with a kernel that maps through FUSE.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MappingFactAttribute : Xunit.FactAttribute
{
    public MappingFactAttribute() => Skip =
        Environment.GetEnvironmentVariable("MDEV_TEST_BRIDGE") == "cuse" ? "A node cannot be mapped."
        : Environment.OSVersion.Version < new Version(6, 9) ? "It needs Linux 6.9."
        : Needs.Missing([Need.Fuse, Need.Root]);
}
