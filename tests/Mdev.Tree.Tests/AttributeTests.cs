using Mdev.Devices;
using Mdev.Tree.Tests.Parents;

namespace Mdev.Tree.Tests;

/// <summary>A vendor's attributes as files.</summary>
public sealed class AttributeTests
{
    [FuseFact]
    public void A_write_stores_and_a_read_shows()
    {
        using var tree = new TestTree(new ApParent());
        Guid uuid = tree.Create("vfio_ap-passthrough");
        Assert.Equal("ok 2", Sys.Write(tree.Instance(uuid, "assign_adapter"), "5\n"));
        Assert.Equal("ok 4", Sys.Write(tree.Instance(uuid, "assign_domain"), "0x47"));
        Assert.Equal("05.0047\n", Sys.Read(tree.Instance(uuid, "matrix")));
        Assert.Equal("ok 1", Sys.Write(tree.Instance(uuid, "unassign_adapter"), "5"));
        Assert.NotEqual("05.0047\n", Sys.Read(tree.Instance(uuid, "matrix")));
    }

    [FuseFact]
    public void A_vendors_refusal_is_the_writers_errno()
    {
        using var tree = new TestTree(new ApParent());
        Guid one = tree.Create("vfio_ap-passthrough"), other = tree.Create("vfio_ap-passthrough");
        Assert.Equal("errno=22", Sys.Write(tree.Instance(one, "assign_adapter"), "many"));
        Assert.Equal("errno=19", Sys.Write(tree.Instance(one, "assign_adapter"), "99"));
        foreach (Guid uuid in (Guid[])[one, other])
            Assert.Equal("ok 1", Sys.Write(tree.Instance(uuid, "assign_adapter"), "1"));
        Assert.Equal("ok 1", Sys.Write(tree.Instance(one, "assign_domain"), "2"));
        Assert.Equal("errno=98", Sys.Write(tree.Instance(other, "assign_domain"), "2"));
    }

    [FuseFact]
    public void A_modes_bits_say_what_an_attribute_can()
    {
        using var tree = new TestTree(new ApParent());
        Guid uuid = tree.Create("vfio_ap-passthrough");
        Assert.Equal(UnixFileMode.UserWrite, File.GetUnixFileMode(tree.Instance(uuid, "assign_adapter")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(tree.Instance(uuid, "matrix")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(tree.Instance(uuid, "ap_config")));
    }

    [FuseFact]
    public async Task A_slow_attribute_holds_up_nobody_but_a_removal_of_its_device()
    {
        using var tree = new TestTree(new SlowParent());
        Guid slow = tree.Create("slow-1");
        Task<string> read = Start(() => Sys.Read(tree.Instance(slow, "value")));
        await SlowDevice.Entered.WaitAsync();
        Guid quick = tree.Create("slow-1");
        Assert.Equal("ok 1", Sys.Write(tree.Instance(quick, "remove"), "1"));
        Assert.Single(Directory.GetFileSystemEntries(tree.Sysfs("bus/mdev/devices")));

        Task<string> removal = Start(() => Sys.Write(tree.Instance(slow, "remove"), "1"));
        Assert.NotSame(removal, await Task.WhenAny(removal, Task.Delay(100)));
        SlowDevice.MayLeave.Release();
        Assert.Equal("done\n", await read);
        Assert.Equal("ok 1", await removal);
    }

    [FuseFact]
    public async Task More_slow_attributes_than_there_are_threads_hold_up_no_look_up()
    {
        using var tree = new TestTree(new SlowParent());

        // One of each device: a device's attributes are used one after the other.
        Guid[] devices = [.. Enumerable.Range(0, 20).Select(_ => tree.Create("slow-1"))];
        Guid slow = devices[0];
        Task<string>[] reads = [.. devices.Select(device => Start(() => Sys.Read(tree.Instance(device, "value"))))];
        for (int i = 0; i < 16; i++)
            await SlowDevice.Entered.WaitAsync();
        Assert.Contains("mdev_type", Directory.GetFileSystemEntries(tree.Instance(slow)).Select(Path.GetFileName));
        Assert.True(File.Exists(tree.Type("slow-1", "name")));
        tree.Bus.Create(tree.Bus.FindType("slow-1"), Guid.NewGuid());
        SlowDevice.MayLeave.Release(20);
        for (int i = 16; i < 20; i++)
            await SlowDevice.Entered.WaitAsync();
        Assert.All(await Task.WhenAll(reads), text => Assert.Equal("done\n", text));
    }

    [FuseFact]
    public void A_device_may_end_itself_by_an_attribute()
    {
        using var tree = new TestTree(new SlowParent());
        Guid uuid = tree.Create("slow-1");
        SlowDevice.Ends = () => tree.Bus.Remove(uuid);
        Assert.Equal("ok 1", Sys.Write(tree.Instance(uuid, "end"), "1"));
        Assert.False(Directory.Exists(tree.Instance(uuid)));
    }

    [FuseFact]
    public void An_open_file_of_a_device_that_went_says_so()
    {
        using var tree = new TestTree(new ApParent());
        Guid uuid = tree.Create("vfio_ap-passthrough");
        int file = Sys.Open(tree.Instance(uuid, "assign_adapter"), 1);
        tree.Bus.Remove(uuid);
        Assert.Equal("errno=19", Sys.WriteTo(file, "1"));
        Sys.Close(file);
    }

    private static Task<T> Start<T>(Func<T> call) => Task.Factory.StartNew(call, TaskCreationOptions.LongRunning);
}
