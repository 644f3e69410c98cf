using Mdev.Sdk.Bridge.Tree;
using Mtty;

namespace Mdev.Tree.Tests;

/// <summary>What a killed host leaves, and what takes it away.</summary>
public sealed class SweepTests : IDisposable
{
    private readonly string _folder = TestTree.NewFolder();

    public SweepTests() => Environment.SetEnvironmentVariable("MDEV_CONFIG_DIR", Path.Combine(_folder, "definitions"));

    private string Root => Path.Combine(_folder, "root");

    public void Dispose()
    {
        TreeSweeper.Sweep(Root);
        Directory.Delete(_folder, recursive: true);
    }

    [FuseFact]
    public void A_killed_hosts_mount_and_links_are_swept()
    {
        using (var host = new HostProcess(Root, Guid.NewGuid()))
            host.Kill();
        Assert.NotEmpty(TestTree.Mounts());
        Assert.True(TreeSweeper.Sweep(Root) >= 4);
        Assert.Empty(TestTree.Mounts());
        Assert.Equal([], Left());
        Assert.Equal(0, TreeSweeper.Sweep(Root));
    }

    [FuseFact]
    public void A_live_hosts_things_are_never_touched()
    {
        var uuid = Guid.NewGuid();
        using (var host = new HostProcess(Root, uuid))
        {
            string[] before = Left();
            Assert.Equal(0, TreeSweeper.Sweep(Root));
            Assert.Equal(before, Left());
            Assert.Equal($"This is MDEV {uuid}\n", Sys.Read(Path.Combine(Root, $"sys/bus/mdev/devices/{uuid}/vendor/sample_mdev_dev")));
        }
        Assert.Equal([], Left());
        Assert.Empty(TestTree.Mounts());
    }

    [FuseFact]
    public void The_next_host_takes_a_killed_ones_place()
    {
        var uuid = Guid.NewGuid();
        using (var host = new HostProcess(Root, uuid))
            host.Kill();
        using var next = new HostProcess(Root, uuid);
        Assert.Equal($"This is MDEV {uuid}\n", Sys.Read(Path.Combine(Root, $"sys/bus/mdev/devices/{uuid}/vendor/sample_mdev_dev")));
    }

    [FuseFact]
    public void Whoever_may_not_mount_may_in_a_user_namespace_of_his_own()
    {
        // A machine may forbid them.
        if (HostProcess.MayUnshare())
            new HostProcess(Root, Guid.NewGuid(), "unshare", "-Ur", "-m").Dispose();
        Assert.Empty(TestTree.Mounts());
    }

    [FuseFact]
    public void A_parent_and_a_uuid_of_another_process_are_taken()
    {
        var uuid = Guid.NewGuid();
        using var host = new HostProcess(Root, uuid);
        using var tree = new MdevTree(Root, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var bus = new MdevBus([new TestUser(), tree]);
        tree.Attach(bus);
        var parent = new MttyParent(_ => null);
        bus.Register(parent);
        Assert.Equal(Errno.EEXIST, Assert.Throws<MdevException>(() => tree.Publish(parent)).Error);
        Assert.Equal(Errno.EEXIST, Assert.Throws<MdevException>(() => bus.Create(bus.FindType("mtty-1"), uuid)).Error);
    }

    private string[] Left() =>
    [
        .. ((string[])["class/mdev_bus", "bus/mdev/devices", "bus/pci/devices", "devices/virtual"])
            .SelectMany(folder => Directory.GetFileSystemEntries(Path.Combine(Root, "sys", folder))).Order(StringComparer.Ordinal),
    ];
}
