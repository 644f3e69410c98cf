namespace Mdev.Hosting.Tests;

/// <summary>The tree as part of a program: served, not wanted, or not possible on this machine.</summary>
public sealed class TreeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Device => _folder[$"root/sys/bus/mdev/devices/{SampleTests.Uuid}"];

    public void Dispose() => _folder.Dispose();

    [NeedsFact(Need.Root, Need.Fuse)]
    public async Task Configured_devices_are_in_the_tree_and_gone_with_the_program()
    {
        using HostedProcess clock = await StartAsync("exec \"$@\"", "On");
        Assert.Equal("clock-utc", Path.GetFileName(new FileInfo(Path.Combine(Device, "mdev_type")).LinkTarget));
        clock.Terminate();
        Assert.False(Directory.Exists(Device));
        Assert.DoesNotContain(_folder.Path, File.ReadAllText("/proc/self/mounts"), StringComparison.Ordinal);
    }

    [NeedsFact(Need.Root, Need.Fuse)]
    public async Task A_program_that_wants_none_has_none()
    {
        using HostedProcess clock = await StartAsync("exec \"$@\"", "Off");
        Assert.False(Directory.Exists(_folder["root"]));
        clock.Terminate();
    }

    [NeedsFact(Need.Root, Need.Fuse)]
    public async Task Where_there_is_no_fuse_one_warning_says_so_and_everything_else_is_served()
    {
        using HostedProcess clock = await StartAsync(WithoutFuse, "On");
        Assert.True(File.Exists(_folder["clock0.control"]));
        string warning = Assert.Single(clock.Output, line => line.Contains("The tree of clock0 is not served", StringComparison.Ordinal));
        Assert.Contains("Cannot mount a FUSE file system", warning, StringComparison.Ordinal);
        clock.Terminate();
    }

    [NeedsFact(Need.Root, Need.Fuse)]
    public void Where_there_is_no_fuse_a_program_that_requires_the_tree_does_not_start()
    {
        using HostedProcess clock = Start(WithoutFuse, "Required");
        Assert.NotEqual(0, clock.WaitForExit());
        Assert.Contains(clock.Output, line => line.Contains("The tree of clock0, which is required, cannot be served.", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    // In a mount namespace of its own the device is another one.
    private const string WithoutFuse = "exec unshare -m bash -c 'mount --bind /dev/null /dev/fuse && exec \"$@\"' bash \"$@\"";

    private async Task<HostedProcess> StartAsync(string script, string tree)
    {
        HostedProcess clock = Start(script, tree);
        await Eventually.Async(() => clock.Output.Any(line => line.Contains("Application started", StringComparison.Ordinal)));
        return clock;
    }

    private HostedProcess Start(string script, string tree) => HostedProcess.StartByShell(script, "Hosted", new Dictionary<string, string>
    {
        ["MDEV_RUNTIME_DIR"] = _folder.Path,
        ["MDEV_CONFIG_DIR"] = _folder["definitions"],
        ["Mdev__Tree"] = tree,
    });
}
