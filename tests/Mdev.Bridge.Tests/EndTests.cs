namespace Mdev.Bridge.Tests;

/// <summary>A host that ends, or is killed, in the middle of what others do with its device.</summary>
public sealed class EndTests : IDisposable
{
    private readonly RuntimeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NeedsFact(Need.Fuse)]
    public async Task A_killed_host_ends_all_calls_and_the_next_one_takes_its_mount_away()
    {
        string dead;
        using (BridgedHost host = BridgedHost.Start(_folder.Path))
        {
            dead = host.Folder;
            using HostFile config = HostFile.Open(host["regions/7"]), irq = HostFile.Open(host["irqs/2/0"]), other = HostFile.Open(host["irqs/2/1"]);
            using Reader reader = Reader.Start(host["irqs/2/2"]);
            Task<long> read = Task.Factory.StartNew(irq.Take, TaskCreationOptions.LongRunning);
            Task<short> poll = Task.Factory.StartNew(() => other.Poll(20_000), TaskCreationOptions.LongRunning);
            Assert.NotSame(read, await Task.WhenAny(read, Task.Delay(100)));

            host.Kill();
            Assert.True(await read < 0);
            Assert.Equal(HostFile.Error, await poll & HostFile.Error);
            Assert.NotEqual(0, reader.End().Status);
            Assert.True(config.ReadAt(0, new byte[2]) < 0);
            Assert.True(irq.Put(1) < 0);
            Assert.Equal(Errno.ENOTCONN, HostFile.Refusal(host["regions/7"]));
        }

        using (BridgedHost next = BridgedHost.Start(_folder.Path))
        {
            Assert.False(Directory.Exists(dead));
            Assert.Single(_folder.Mounts);
            using HostFile config = HostFile.Open(next["regions/7"]);
            Assert.Equal(2, config.ReadAt(0, new byte[2]));
            next.Terminate();
        }
        Assert.Empty(_folder.Mounts);
    }

    [NeedsFact(Need.Fuse)]
    public async Task A_host_that_is_asked_to_end_does_so_whoever_reads_and_keeps_files_open()
    {
        using BridgedHost host = BridgedHost.Start(_folder.Path);
        using HostFile config = HostFile.Open(host["regions/7"]), irq = HostFile.Open(host["irqs/2/0"]), other = HostFile.Open(host["irqs/2/1"]);
        using Reader reader = Reader.Start(host["irqs/2/2"]);
        Task<long> read = Task.Factory.StartNew(irq.Take, TaskCreationOptions.LongRunning);
        Task<short> poll = Task.Factory.StartNew(() => other.Poll(20_000), TaskCreationOptions.LongRunning);
        Assert.NotSame(read, await Task.WhenAny(read, Task.Delay(100)));

        string folder = host.Folder;
        host.Terminate();
        Assert.True(await read < 0);
        Assert.Equal(HostFile.Error, await poll & HostFile.Error);
        Assert.NotEqual(0, reader.End().Status);
        Assert.True(config.ReadAt(0, new byte[2]) < 0);
        Assert.False(Directory.Exists(folder));
        Assert.Empty(_folder.Mounts);
    }

    [NeedsFact(Need.Fuse)]
    public void A_host_that_was_killed_does_not_keep_another_from_its_uuid_or_its_own_folder()
    {
        for (int i = 0; i < 3; i++)
        {
            using BridgedHost host = BridgedHost.Start(_folder.Path);
            using HostFile config = HostFile.Open(host["regions/7"]);
            Assert.Equal(2, config.ReadAt(0, new byte[2]));
            host.Kill();
        }
        using BridgedHost last = BridgedHost.Start(_folder.Path);
        Assert.Single(_folder.Mounts);
        last.Terminate();
    }
}
