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

    [NeedsFact(Need.Fuse, Need.Namespaces)]
    public void Whoever_may_not_mount_may_in_a_user_namespace_of_his_own()
    {
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

    [FuseFact]
    public void A_host_that_is_stopped_holds_up_no_sweep_and_no_other_host()
    {
        using var host = new HostProcess(Root, Guid.NewGuid());
        host.Signal("STOP");
        try
        {
            Assert.Equal(0, TreeSweeper.Sweep(Root));
            Assert.Empty(TreeSweeper.FindDead(Root));
            using var tree = new MdevTree(Root, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
            var bus = new MdevBus([new TestUser(), tree]);
            tree.Attach(bus);
            var parent = new MttyParent(_ => null) { Name = "mtty1" };
            bus.Register(parent);
            tree.Publish(parent);
            bus.Remove(bus.Create(parent.Types[0], Guid.NewGuid()).Uuid);
        }
        finally
        {
            host.Signal("CONT");
        }
    }

    [NeedsFact(Need.Fuse, Need.Namespaces)]
    public void What_a_host_has_mounted_in_a_namespace_of_its_own_is_not_swept_by_others()
    {
        var uuid = Guid.NewGuid();
        using var host = new HostProcess(Root, uuid, "unshare", "-Ur", "-m");
        string[] before = Left();
        Assert.Contains(before, path => path.EndsWith($"/{uuid}", StringComparison.Ordinal));
        Assert.Equal(0, TreeSweeper.Sweep(Root));
        Assert.Equal(before, Left());
    }

    private string[] Left() =>
    [
        .. ((string[])["class/mdev_bus", "bus/mdev/devices", "bus/pci/devices", "devices/virtual"])
            .SelectMany(folder => Directory.GetFileSystemEntries(Path.Combine(Root, "sys", folder))).Order(StringComparer.Ordinal),
    ];
}
