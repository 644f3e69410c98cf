using System.Buffers.Binary;
using Mdev.Devices;
using Mdev.Sdk.Pci;
using Mtty;

namespace Mdev.Tree.Tests;

/// <summary>A PCI instance as sysfs shows a PCI device. Source: Linux ABI/testing/sysfs-bus-pci.</summary>
public sealed class PciTests
{
    [FuseFact]
    public void The_identity_is_that_of_config_space()
    {
        using var tree = new TestTree(new MttyParent(_ => null));
        Guid uuid = tree.Create("mtty-2");
        Assert.Equal("0x4348\n", Sys.Read(tree.Instance(uuid, "pci/vendor")));
        Assert.Equal("0x4348\n", Sys.Read(tree.Instance(uuid, "pci/subsystem_vendor")));
        Assert.Equal("0x3253\n", Sys.Read(tree.Instance(uuid, "pci/device")));
        Assert.Equal("0x3253\n", Sys.Read(tree.Instance(uuid, "pci/subsystem_device")));
        Assert.Equal("0x070002\n", Sys.Read(tree.Instance(uuid, "pci/class")));
        Assert.Equal("0x10\n", Sys.Read(tree.Instance(uuid, "pci/revision")));
        Assert.Equal("0\n", Sys.Read(tree.Instance(uuid, "pci/irq")));
        Assert.Equal(256, new FileInfo(tree.Instance(uuid, "pci/config")).Length);
        Assert.Equal(8, new FileInfo(tree.Instance(uuid, "pci/resource1")).Length);
    }

    [FuseFact]
    public void Config_space_is_read_and_written_as_a_guest_does()
    {
        using var tree = new TestTree(new MttyParent(_ => null));
        Guid uuid = tree.Create("mtty-2");
        string config = tree.Instance(uuid, "pci/config");
        byte[] before = Sys.ReadBytes(config);
        Assert.Equal(256, before.Length);
        Assert.Equal(0x4348, BinaryPrimitives.ReadUInt16LittleEndian(before));
        Assert.Equal(before[6..9], Sys.ReadBytes(config, offset: 6, length: 3));
        Assert.Empty(Sys.ReadBytes(config, offset: 256));

        // The vendor id takes no write, a BAR its address bits.
        Assert.Equal("ok 2", Sys.Write(config, [0xff, 0xff]));
        Assert.Equal("ok 4", Sys.Write(config, [0xff, 0xff, 0xff, 0xff], offset: 0x10));
        Assert.Equal(0x4348, BinaryPrimitives.ReadUInt16LittleEndian(Sys.ReadBytes(config)));
        Assert.Equal(0xfffffff9, BinaryPrimitives.ReadUInt32LittleEndian(Sys.ReadBytes(config, offset: 0x10, length: 4)));
        Assert.Equal("errno=22", Sys.Write(config, [1], offset: 256));
        Assert.Equal("ok 2", Sys.Write(config, [0, 0, 0, 0], offset: 254));
    }

    [FuseFact]
    public void Resources_are_thirteen_lines()
    {
        using var tree = new TestTree(new MttyParent(_ => null));
        Guid uuid = tree.Create("mtty-2");
        Assert.Equal("ok 4", Sys.Write(tree.Instance(uuid, "pci/config"), [0x00, 0xc0, 0x00, 0x00], offset: 0x10));
        string[] lines = Sys.Read(tree.Instance(uuid, "pci/resource")).Split('\n');
        Assert.Equal(14, lines.Length);
        Assert.Equal("0x000000000000c000 0x000000000000c007 0x0000000000040101", lines[0]);
        Assert.Equal("0x0000000000000000 0x0000000000000007 0x0000000000040101", lines[1]);
        Assert.All(lines[2..13], line => Assert.Equal("0x0000000000000000 0x0000000000000000 0x0000000000000000", line));
        Assert.Equal("", lines[13]);
    }

    [FuseFact]
    public void A_bar_is_read_and_written_by_real_accesses()
    {
        using var tree = new TestTree(new MttyParent(_ => null));
        Guid uuid = tree.Create("mtty-1");
        string port = tree.Instance(uuid, "pci/resource0");

        // The looped port takes a byte and gives it back once, as a driver would see.
        Assert.Equal("ok 1", Sys.Write(port, [0x01], offset: 2));
        Assert.Equal("ok 1", Sys.Write(port, [0x5a], offset: 7));
        Assert.Equal([0x5a], Sys.ReadBytes(port, offset: 7, length: 1));
        Assert.Equal("ok 1", Sys.Write(port, "U"));
        Assert.Equal("U"u8.ToArray(), Sys.ReadBytes(port, length: 1));
        Assert.Equal([0], Sys.ReadBytes(port, length: 1));
        Assert.Equal("errno=22", Sys.Write(port, [1], offset: 8));
    }

    [FuseFact]
    public void A_device_with_memory_a_rom_and_extended_space_has_them_all()
    {
        using var tree = new TestTree(new ExerciserParent());
        Guid uuid = tree.Create("exerciser-1");
        Assert.Equal(4096, Sys.ReadBytes(tree.Instance(uuid, "pci/config")).Length);
        string[] lines = Sys.Read(tree.Instance(uuid, "pci/resource")).Split('\n');
        Assert.EndsWith("0x0000000000040101", lines[0]);
        Assert.EndsWith("0x0000000000040200", lines[1]);
        Assert.EndsWith("0x0000000000046200", lines[6]);
        byte[] memory = Sys.ReadBytes(tree.Instance(uuid, "pci/resource1"));
        Assert.Equal(new FileInfo(tree.Instance(uuid, "pci/resource1")).Length, memory.Length);
    }

    [FuseFact]
    public void Addresses_are_the_first_free_ones()
    {
        using var tree = new TestTree(new MttyParent(_ => null));
        Directory.CreateSymbolicLink(tree.Sysfs("bus/pci/devices/10000:00:00.0"), "/");
        tree.Create("mtty-1");
        tree.Create("mtty-1");
        Assert.Equal(["10000:00:00.0", "10000:00:01.0", "10000:00:02.0"],
            Directory.GetFileSystemEntries(tree.Sysfs("bus/pci/devices")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(PciSummary.Of((PciDevice)tree.Bus.Instances[0].Device).Vendor == 0x4348);
    }
}
