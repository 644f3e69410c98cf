using Mdev.Devices;
using Mdev.Tree.Tests.Parents;
using Mtty;

namespace Mdev.Tree.Tests;

/// <summary>Where things are, what modes they have and how values look. Source: Linux ABI/testing/sysfs-bus-vfio-mdev, and sysfs of a kernel with mdev.</summary>
public sealed class LayoutTests
{
    [FuseFact]
    public void A_parent_has_the_kernels_folders_and_modes()
    {
        using var tree = new TestTree(new MttyParent(_ => null));
        Guid uuid = tree.Create("mtty-2");
        string[] expected =
        [
            $"{uuid} drwxr-xr-x",
            $"{uuid}/pci drwxr-xr-x",
            $"{uuid}/pci/class -r--r--r--",
            $"{uuid}/pci/config -rw-r--r--",
            $"{uuid}/pci/device -r--r--r--",
            $"{uuid}/pci/irq -r--r--r--",
            $"{uuid}/mdev_type -> ../mdev_supported_types/mtty-2",
            $"{uuid}/remove --w-------",
            $"{uuid}/pci/resource -r--r--r--",
            $"{uuid}/pci/resource0 -rw-------",
            $"{uuid}/pci/resource1 -rw-------",
            $"{uuid}/pci/revision -r--r--r--",
            $"{uuid}/pci/subsystem_device -r--r--r--",
            $"{uuid}/pci/subsystem_vendor -r--r--r--",
            $"{uuid}/pci/vendor -r--r--r--",
            $"{uuid}/vendor drwxr-xr-x",
            $"{uuid}/vendor/sample_mdev_dev -r--r--r--",
            "mdev_supported_types drwxr-xr-x",
            "mdev_supported_types/mtty-1 drwxr-xr-x",
            "mdev_supported_types/mtty-1/available_instances -r--r--r--",
            "mdev_supported_types/mtty-1/create --w-------",
            "mdev_supported_types/mtty-1/device_api -r--r--r--",
            "mdev_supported_types/mtty-1/devices drwxr-xr-x",
            "mdev_supported_types/mtty-1/name -r--r--r--",
            "mdev_supported_types/mtty-2 drwxr-xr-x",
            "mdev_supported_types/mtty-2/available_instances -r--r--r--",
            "mdev_supported_types/mtty-2/create --w-------",
            "mdev_supported_types/mtty-2/device_api -r--r--r--",
            "mdev_supported_types/mtty-2/devices drwxr-xr-x",
            $"mdev_supported_types/mtty-2/devices/{uuid} -> ../../../{uuid}",
            "mdev_supported_types/mtty-2/name -r--r--r--",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Walk(tree.Parent("mtty"), "").Order(StringComparer.Ordinal));
    }

    [FuseFact]
    public void Links_lead_from_the_buses_to_the_devices()
    {
        using var tree = new TestTree(new MttyParent(_ => null), new MdpyParent());
        Guid card = tree.Create("mtty-1"), display = tree.Create("mdpy-hd");
        Assert.Equal("../../devices/virtual/mtty/mtty", LinkAt(tree.Sysfs("class/mdev_bus/mtty")));
        Assert.Equal($"../../../devices/virtual/mtty/mtty/{card}", LinkAt(tree.Sysfs($"bus/mdev/devices/{card}")));
        Assert.Equal($"../../../devices/virtual/mtty/mtty/{card}/pci", LinkAt(tree.Sysfs("bus/pci/devices/10000:00:00.0")));
        Assert.Equal($"../../../devices/virtual/mdpy/mdpy/{display}", LinkAt(tree.Sysfs($"bus/mdev/devices/{display}")));
        Assert.Single(Directory.GetFileSystemEntries(tree.Sysfs("bus/pci/devices")));
        Assert.True(Directory.Exists(Path.Combine(tree.Root, "etc/mdevctl.d/")));
        Assert.True(Directory.Exists(Path.Combine(tree.Root, "usr/lib/mdevctl/scripts.d/callouts")));
        Assert.True(Directory.Exists(Path.Combine(tree.Root, "usr/lib/mdevctl/scripts.d/notifiers")));

        Assert.Equal("ok 1", Sys.Write(tree.Instance(card, "remove"), "1"));
        Assert.Equal([tree.Sysfs($"bus/mdev/devices/{display}")], Directory.GetFileSystemEntries(tree.Sysfs("bus/mdev/devices")));
        Assert.Empty(Directory.GetFileSystemEntries(tree.Sysfs("bus/pci/devices")));
        Assert.Empty(Directory.GetFileSystemEntries(tree.Type("mtty-1", "devices")));
        Assert.False(Directory.Exists(tree.Parent("mtty", card.ToString())));
    }

    [FuseFact]
    public void Values_end_with_one_new_line()
    {
        using var tree = new TestTree(new MttyParent(_ => null), new MbochsParent(), new ApParent());
        Assert.Equal("Dual port serial\n", Sys.Read(tree.Type("mtty-2", "name")));
        Assert.Equal("vfio-pci\n", Sys.Read(tree.Type("mtty-2", "device_api")));
        Assert.Equal("12\n", Sys.Read(tree.Type("mtty-2", "available_instances")));
        Assert.False(File.Exists(tree.Type("mtty-2", "description")));
        Assert.Equal("virtual display, 64 MB video memory\n", Sys.Read(tree.Type("mbochs-large", "description")));
        Assert.Equal("vfio-ap\n", Sys.Read(tree.Parent("vfio_ap", "mdev_supported_types/vfio_ap-passthrough/device_api")));
        Assert.Equal("ap_config dyn\n", Sys.Read(tree.Parent("vfio_ap", "features")));
    }

    [FuseFact]
    public void A_value_read_in_pieces_is_one_value()
    {
        using var tree = new TestTree(new MttyParent(_ => null));
        Assert.Equal("port serial\n"u8.ToArray(), Sys.ReadBytes(tree.Type("mtty-2", "name"), offset: 5));
        Assert.Equal("Dual"u8.ToArray(), Sys.ReadBytes(tree.Type("mtty-2", "name"), length: 4));
        Assert.Empty(Sys.ReadBytes(tree.Type("mtty-2", "name"), offset: 4000));
    }

    [FuseFact]
    public void Two_parents_of_one_driver_have_each_their_own()
    {
        using var tree = new TestTree(new MttyParent(_ => null) { Name = "left" }, new MttyParent(_ => null) { Name = "right" });
        var uuid = Guid.NewGuid();
        Assert.Equal("ok 36", Sys.Write(tree.Parent("right", "mdev_supported_types/mtty-1/create"), uuid.ToString()));
        Assert.Equal($"../../../devices/virtual/mtty/right/{uuid}", LinkAt(tree.Instance(uuid).TrimEnd('/')));
        Assert.Equal("24\n", Sys.Read(tree.Parent("left", "mdev_supported_types/mtty-1/available_instances")));
        Assert.Equal("23\n", Sys.Read(tree.Parent("right", "mdev_supported_types/mtty-1/available_instances")));
    }

    [FuseFact]
    public void Nothing_can_be_made_renamed_or_removed_by_hand()
    {
        using var tree = new TestTree(new MttyParent(_ => null));
        Guid uuid = tree.Create("mtty-1");
        Assert.Equal("errno=13", Sys.Write(tree.Instance(uuid, "new"), "1"));
        Assert.ThrowsAny<SystemException>(() => Directory.CreateDirectory(tree.Instance(uuid, "folder")));
        Assert.ThrowsAny<SystemException>(() => File.Delete(tree.Instance(uuid, "pci/config")));
        Assert.ThrowsAny<SystemException>(() => File.Move(tree.Instance(uuid, "pci/config"), tree.Instance(uuid, "pci/other")));
        Assert.ThrowsAny<SystemException>(() => File.CreateSymbolicLink(tree.Instance(uuid, "link"), "config"));
        Assert.ThrowsAny<SystemException>(() => File.SetUnixFileMode(tree.Instance(uuid, "pci/config"), UnixFileMode.None));
        Assert.True(File.Exists(tree.Instance(uuid, "pci/config")));
    }

    private static string? LinkAt(string path) => new FileInfo(path).LinkTarget;

    private static IEnumerable<string> Walk(string folder, string below)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(folder).GetFileSystemInfos())
        {
            string name = below + entry.Name;
            if (entry.LinkTarget is { } target)
            {
                yield return $"{name} -> {target}";
                continue;
            }
            yield return $"{name} {(entry is DirectoryInfo ? 'd' : '-')}{Said(entry.UnixFileMode)}";
            if (entry is DirectoryInfo)
            {
                foreach (string inner in Walk(entry.FullName, name + "/"))
                    yield return inner;
            }
        }
    }

    private static string Said(UnixFileMode mode) =>
        string.Concat(Enumerable.Range(0, 9).Select(i => ((int)mode >> (8 - i) & 1) != 0 ? "rwxrwxrwx"[i] : '-'));
}
