using Mdev.Devices;
using Mdev.Sdk.Terminals;
using Mtty;

namespace Mdev.Bridge.Tests;

/// <summary>An instance that is removed in the middle of what its files are used for.</summary>
public sealed class OpenFilesTests
{
    [NeedsFact(Need.Fuse)]
    public async Task A_removal_waits_for_nobody_who_has_files_open_and_ends_what_they_wait_for()
    {
        using var instance = new HostedInstance(new ExerciserParent());
        using HostFile config = HostFile.Open(instance["regions/7"]), read = HostFile.Open(instance["irqs/2/0"]);
        using HostFile polled = HostFile.Open(instance["irqs/2/1"], HostFile.NonBlocking);
        using Reader reader = Reader.Start(instance["irqs/2/2"]);
        Task<long> reading = Task.Factory.StartNew(read.Take, TaskCreationOptions.LongRunning);
        Task<short> polling = Task.Factory.StartNew(() => polled.Poll(20_000), TaskCreationOptions.LongRunning);
        Assert.NotSame(reading, await Task.WhenAny(reading, Task.Delay(100)));

        await Task.Run(instance.Remove).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(await reading < 0);
        Assert.Equal(HostFile.Error, await polling & HostFile.Error);
        Assert.NotEqual(0, reader.End().Status);
        Assert.True(config.ReadAt(0, new byte[2]) < 0);
        Assert.True(config.WriteAt(4, [1, 0]) < 0);
        Assert.True(polled.Put(2) < 0);
        Assert.False(Directory.Exists(instance.Folder));
        Assert.Empty(instance.Mounts);
    }

    [NeedsFact(Need.Fuse)]
    public async Task So_does_one_of_a_device_whose_character_device_is_read_and_written()
    {
        using var instance = new HostedInstance(new MttyParent(port => Terminal.OpenCharDevice($"line-{port}")));
        using HostFile line = HostFile.Open(instance["line-0"]), other = HostFile.Open(instance["line-0"], HostFile.NonBlocking);
        Task<long> reading = Task.Factory.StartNew(() => line.Read(new byte[10]), TaskCreationOptions.LongRunning);
        Assert.NotSame(reading, await Task.WhenAny(reading, Task.Delay(100)));
        Assert.Equal(-(long)Errno.EAGAIN, other.Read(new byte[10]));

        await Task.Run(instance.Remove).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(await reading < 0);
        Assert.True(other.Write((byte)'x') < 0);
        Assert.False(Directory.Exists(instance.Folder));
    }

    [NeedsFact(Need.Fuse)]
    public void Removals_and_files_that_are_opened_and_read_meanwhile_do_not_meet()
    {
        for (int i = 0; i < 20; i++)
        {
            using var instance = new HostedInstance(new ExerciserParent());
            using var ended = new CancellationTokenSource();
            Task[] users = [.. Enumerable.Range(0, 4).Select(n => Task.Factory.StartNew(() => Use(instance, n, ended.Token), TaskCreationOptions.LongRunning))];
            Thread.Sleep(i);
            instance.Remove();
            ended.Cancel();
            Assert.True(Task.WaitAll(users, 20_000));
        }
    }

    private static void Use(HostedInstance instance, int number, CancellationToken end)
    {
        byte[] bytes = new byte[4];
        while (!end.IsCancellationRequested)
        {
            if (HostFile.TryOpen(instance["regions/7"], HostFile.ReadWrite, out HostFile? config) == Errno.None)
            {
                using (config)
                    config!.ReadAt(0, bytes);
            }
            if (HostFile.TryOpen(instance[$"irqs/2/{number}"], HostFile.NonBlocking, out HostFile? irq) == Errno.None)
            {
                using (irq)
                    irq!.Take();
            }
        }
    }
}
