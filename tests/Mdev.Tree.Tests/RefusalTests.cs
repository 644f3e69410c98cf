using Mdev.Tree.Tests.Parents;
using Mtty;

namespace Mdev.Tree.Tests;

/// <summary>The kernel's table of what creation, removal and unregistration are refused with. Source: drivers/vfio/mdev.</summary>
public sealed class RefusalTests : IDisposable
{
    private const string Einval = "errno=22", Eexist = "errno=17", Enospc = "errno=28", Eusers = "errno=87", Enodev = "errno=19";

    private readonly TestTree _tree = new(new MttyParent(_ => null), new MdpyParent());

    public void Dispose() => _tree.Dispose();

    [FuseTheory]
    [InlineData("83b8f4f2-509f-382f-3c1e-000000000001", "ok 36")]
    [InlineData("83B8F4F2-509F-382F-3C1E-000000000001", "ok 36")]
    [InlineData("83b8f4f2-509f-382f-3c1e-000000000001\n", "ok 37")]
    [InlineData("83b8f4f2-509f-382f-3c1e-000000000001\u00ff", "ok 37")]
    [InlineData("83b8f4f2-509f-382f-3c1e-000000000001\0", "ok 37")]
    [InlineData("00000000-0000-0000-0000-000000000000", "ok 36")]
    [InlineData("83b8f4f2-509f-382f-3c1e-000000000001\n\n", Einval)]
    [InlineData("83b8f4f2-509f-382f-3c1e-00000000001", Einval)]
    [InlineData("{3b8f4f2-509f-382f-3c1e-000000000001", Einval)]
    [InlineData("83b8f4f2509f382f3c1e000000000001", Einval)]
    [InlineData(" 3b8f4f2-509f-382f-3c1e-000000000001", Einval)]
    [InlineData("\n", Einval)]
    [InlineData("", "ok 0")]
    public void Creation_reads_a_uuid_as_the_kernel_does(string text, string expected)
    {
        Assert.Equal(expected, Sys.Write(_tree.Type("mtty-1", "create"), text));
        Assert.Equal(expected.StartsWith("ok 3", StringComparison.Ordinal) ? 1 : 0, _tree.Bus.Instances.Count);
    }

    [FuseFact]
    public void More_than_a_page_is_refused_whole()
    {
        Assert.Equal(Einval, Sys.Write(_tree.Type("mtty-1", "create"), new string('a', 5000)));
        Assert.Equal(Einval, Sys.Write(_tree.Instance(_tree.Create("mtty-1"), "remove"), new string('0', 4097)));
        Assert.Equal(Einval, Sys.Write(_tree.Type("mtty-1", "create"), new string('a', 200_000)));
    }

    [FuseFact]
    public void A_uuid_is_taken_whatever_its_type_and_parent()
    {
        string uuid = _tree.Create("mtty-1").ToString();
        Assert.Equal(Eexist, Sys.Write(_tree.Type("mtty-1", "create"), uuid));
        Assert.Equal(Eexist, Sys.Write(_tree.Type("mtty-2", "create"), uuid.ToUpperInvariant()));
        Assert.Equal(Eexist, Sys.Write(_tree.Type("mdpy-hd", "create"), uuid));
    }

    [FuseFact]
    public void What_is_used_up_has_the_errno_of_whoever_counts()
    {
        for (int i = 0; i < 12; i++)
            _tree.Create("mtty-2");
        Assert.Equal(Enospc, Sys.Write(_tree.Type("mtty-1", "create"), $"{Guid.NewGuid()}"));
        for (int i = 0; i < 4; i++)
            _tree.Create("mdpy-hd");
        Assert.Equal(Eusers, Sys.Write(_tree.Type("mdpy-vga", "create"), $"{Guid.NewGuid()}"));
    }

    [FuseTheory]
    [InlineData(Errno.EBUSY, "errno=16")]
    [InlineData(Errno.EACCES, "errno=13")]
    [InlineData(Errno.ENOMEM, "errno=12")]
    public void What_a_driver_refuses_with_arrives_verbatim_and_leaves_nothing(Errno error, string expected)
    {
        _tree.User.Refusal = new MdevException(error, "Not today.");
        Assert.Equal(expected, Sys.Write(_tree.Type("mtty-1", "create"), $"{Guid.NewGuid()}"));
        _tree.User.Refusal = new InvalidOperationException("A bug.");
        Assert.Equal("errno=5", Sys.Write(_tree.Type("mtty-1", "create"), $"{Guid.NewGuid()}"));
        Assert.Empty(Directory.GetFileSystemEntries(_tree.Sysfs("bus/mdev/devices")));
        Assert.Equal("24\n", Sys.Read(_tree.Type("mtty-1", "available_instances")));
    }

    [FuseTheory]
    [InlineData("1", "ok 1", true)]
    [InlineData("1\n", "ok 2", true)]
    [InlineData("+1", "ok 2", true)]
    [InlineData("0x10", "ok 4", true)]
    [InlineData("010", "ok 3", true)]
    [InlineData("18446744073709551615", "ok 20", true)]
    [InlineData("1\0x", "ok 3", true)]
    [InlineData("0", "ok 1", false)]
    [InlineData("0x0", "ok 3", false)]
    [InlineData("00", "ok 2", false)]
    [InlineData("", "ok 0", false)]
    [InlineData("yes", Einval, false)]
    [InlineData("-1", Einval, false)]
    [InlineData(" 1", Einval, false)]
    [InlineData("1 ", Einval, false)]
    [InlineData("1\n\n", Einval, false)]
    [InlineData("08", Einval, false)]
    [InlineData("0x", Einval, false)]
    [InlineData("\n", Einval, false)]
    [InlineData("18446744073709551616", Einval, false)]
    public void Removal_reads_a_number_as_the_kernel_does(string text, string expected, bool removed)
    {
        Guid uuid = _tree.Create("mtty-1");
        Assert.Equal(expected, Sys.Write(_tree.Instance(uuid, "remove"), text));
        Assert.Equal(removed, _tree.Bus.Find(uuid) is null);
        Assert.Equal(removed, !Directory.Exists(_tree.Instance(uuid)));
    }

    [FuseFact]
    public async Task While_a_removal_waits_the_device_is_there_without_type_and_remove()
    {
        Guid uuid = _tree.Create("mtty-1");
        int remove = Sys.Open(_tree.Instance(uuid, "remove"), 1);
        Assert.True(File.Exists(_tree.Instance(uuid, "remove")));
        _tree.User.Use(uuid);
        Task<string> first = Task.Factory.StartNew(() => Sys.Write(_tree.Instance(uuid, "remove"), "1"), TaskCreationOptions.LongRunning);
        await Until(() => _tree.User.Requests.Count > 0);

        Assert.True(Directory.Exists(_tree.Instance(uuid)));
        Assert.False(Path.Exists(_tree.Instance(uuid, "remove")));
        Assert.Null(new FileInfo(_tree.Instance(uuid, "mdev_type")).LinkTarget);
        Assert.Empty(Directory.GetFileSystemEntries(_tree.Type("mtty-1", "devices")));
        Assert.Equal("This is MDEV " + uuid + "\n", Sys.Read(_tree.Instance(uuid, "vendor/sample_mdev_dev")));
        Assert.Equal(Eexist, Sys.Write(_tree.Type("mtty-1", "create"), uuid.ToString()));

        // A second remover that has the file open finds nothing to do.
        Assert.Equal("ok 1", Sys.WriteTo(remove, "1"));
        Assert.False(first.IsCompleted);
        _tree.User.LetGo(uuid);
        Assert.Equal("ok 1", await first);
        Assert.False(Directory.Exists(_tree.Instance(uuid)));

        // Once it is gone, its file says so.
        Assert.Equal(Enodev, Sys.WriteTo(remove, "1"));
        Sys.Close(remove);
    }

    [FuseFact]
    public async Task A_parent_that_is_being_unregistered_takes_no_creation_and_no_removal()
    {
        Guid uuid = _tree.Create("mtty-1");
        _tree.User.Use(uuid);
        MdevParent parent = _tree.Bus.FindParent("mtty")!;
        string create = _tree.Type("mtty-1", "create");
        int remove = Sys.Open(_tree.Instance(uuid, "remove"), 1);
        Task unregistering = _tree.Bus.UnregisterAsync(parent);
        Assert.Equal(Enodev, Sys.Write(create, $"{Guid.NewGuid()}"));
        Assert.Equal(Enodev, Sys.WriteTo(remove, "1"));
        Sys.Close(remove);

        _tree.User.LetGo(uuid);
        await unregistering;
        Assert.False(Path.Exists(_tree.Sysfs("class/mdev_bus/mtty")));
        Assert.False(Directory.Exists(_tree.Sysfs("devices/virtual/mtty")));
        Assert.True(Directory.Exists(_tree.Parent("mdpy")));
    }

    [FuseFact]
    public async Task An_unregistration_that_gives_up_leaves_the_parent_in_the_tree()
    {
        Guid uuid = _tree.Create("mtty-1");
        _tree.User.Use(uuid);
        MdevParent parent = _tree.Bus.FindParent("mtty")!;
        MdevException refused = await Assert.ThrowsAsync<MdevException>(
            () => _tree.Bus.UnregisterAsync(parent, RemoveMode.Request, TimeSpan.FromMilliseconds(20)));
        Assert.Equal(Errno.EBUSY, refused.Error);
        await Until(() => File.Exists(_tree.Instance(uuid, "remove")));
        _tree.Create("mtty-1");
        _tree.User.LetGo(uuid);
        Assert.Equal("ok 1", Sys.Write(_tree.Instance(uuid, "remove"), "1"));
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(5);
    }
}
