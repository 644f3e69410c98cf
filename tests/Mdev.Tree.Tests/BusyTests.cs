using Mdev.Tree.Tests.Parents;
using Mtty;

namespace Mdev.Tree.Tests;

/// <summary>Many instances, and many at once.</summary>
public sealed class BusyTests
{
    [FuseFact]
    public void A_thousand_instances_are_listed()
    {
        using var tree = new TestTree(new SlowParent());
        for (int i = 0; i < 1000; i++)
            tree.Create("slow-1");
        Assert.Equal(1000, Directory.GetFileSystemEntries(tree.Sysfs("bus/mdev/devices")).Length);
        Assert.Equal(1000, Directory.GetFileSystemEntries(tree.Type("slow-1", "devices")).Length);
        Assert.Equal(1001, Directory.GetFileSystemEntries(tree.Parent("slow")).Length);
        Assert.Equal("4000\n", Sys.Read(tree.Type("slow-1", "available_instances")));
        Assert.All(new DirectoryInfo(tree.Parent("slow")).GetDirectories("*-*"), folder => Assert.True(File.Exists(Path.Combine(folder.FullName, "remove"))));
    }

    [FuseFact]
    public async Task A_folder_can_be_listed_while_instances_come_and_go()
    {
        using var tree = new TestTree(new SlowParent());
        string[] lasting = [.. Enumerable.Range(0, 20).Select(_ => tree.Create("slow-1").ToString())];
        using var ended = new CancellationTokenSource();
        Task[] changing = [.. Enumerable.Range(0, 4).Select(_ => Start(() =>
        {
            while (!ended.IsCancellationRequested)
            {
                Guid uuid = tree.Create("slow-1");
                Assert.True(File.Exists(tree.Parent("slow", $"{uuid}/remove")));
                Assert.Equal("ok 1", Sys.Write(tree.Instance(uuid, "remove"), "1"));
                Assert.False(Path.Exists(tree.Parent("slow", $"{uuid}")));
            }
        }))];
        for (int i = 0; i < 200; i++)
        {
            string[] names = [.. new DirectoryInfo(tree.Parent("slow")).EnumerateFileSystemInfos().Select(info => info.Name)];
            Assert.Empty(lasting.Except(names));
            Assert.Equal(names.Length, names.Distinct().Count());
        }
        await ended.CancelAsync();
        await Task.WhenAll(changing);
        Assert.Equal(20, Directory.GetFileSystemEntries(tree.Type("slow-1", "devices")).Length);
    }

    [FuseFact]
    public async Task Nothing_is_left_of_a_tree()
    {
        Cycle();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        (int descriptors, int threads, int mounts) = Counts();
        for (int i = 0; i < 10; i++)
            Cycle();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        // A thread is gone from /proc a moment after it has ended.
        for (int i = 0; i < 400 && Counts().Threads > threads; i++)
            await Task.Delay(20);
        Assert.Equal((descriptors, threads, mounts), Counts());
        Assert.Equal(0, mounts);
    }

    [FuseFact]
    public void A_tree_goes_while_its_files_are_open()
    {
        int file;
        using (var tree = new TestTree(new MttyParent(_ => null)))
            file = Sys.Open(tree.Type("mtty-1", "name"), 0);
        Assert.True(file >= 0);
        Sys.Close(file);
    }

    [FuseFact]
    public void Folders_that_somebody_took_away_hold_up_no_instance()
    {
        using var tree = new TestTree(new MttyParent(_ => null));
        Directory.Delete(tree.Sysfs("bus/mdev"), recursive: true);
        Directory.Delete(tree.Sysfs("bus/pci"), recursive: true);
        Guid uuid = tree.Create("mtty-1");
        Assert.Equal("ok 1", Sys.Write(tree.Parent("mtty", $"{uuid}/remove"), "1"));
    }

    private static void Cycle()
    {
        using var tree = new TestTree(new MttyParent(_ => null));
        Guid uuid = tree.Create("mtty-1");
        Assert.Equal(256, Sys.ReadBytes(tree.Instance(uuid, "pci/config")).Length);
        Assert.Equal("ok 1", Sys.Write(tree.Instance(uuid, "remove"), "1"));
    }

    private static (int Descriptors, int Threads, int Mounts) Counts() => (
        Directory.GetFileSystemEntries("/proc/self/fd").Length,
        Directory.GetDirectories("/proc/self/task").Count(IsOurs),
        TestTree.Mounts().Length);

    private static bool IsOurs(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).StartsWith("fuse ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static Task Start(Action action) => Task.Factory.StartNew(action, TaskCreationOptions.LongRunning);
}
