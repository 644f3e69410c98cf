using System.Diagnostics;
using Mtty;

namespace Mdev.Tree.Tests;

/// <summary>A removal that waits for a user can be given up by a signal, which the kernel's cannot.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly TestTree _tree = new(new MttyParent(_ => null));

    public void Dispose() => _tree.Dispose();

    [FuseFact]
    public async Task A_signal_interrupts_a_removal_and_the_instance_is_as_before()
    {
        Guid uuid = _tree.Create("mtty-1");
        _tree.User.Use(uuid);
        using Process shell = Start(uuid, "trap 'echo caught' USR1; ");
        await Asked();
        using (Process kill = Process.Start("kill", ["-USR1", $"{shell.Id}"]))
            kill.WaitForExit();
        Assert.Contains("Interrupted system call", await shell.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        await shell.WaitForExitAsync();
        AssertAsBefore(uuid);
    }

    [FuseFact]
    public async Task A_removal_can_be_given_up_again_and_again()
    {
        Guid uuid = _tree.Create("mtty-1");
        _tree.User.Use(uuid);
        for (int i = 1; i <= 20; i++)
        {
            using var giveUp = new CancellationTokenSource();
            Task removal = _tree.Bus.RemoveAsync(uuid, cancel: giveUp.Token);
            Assert.False(File.Exists(_tree.Instance(uuid, "remove")));
            await giveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => removal);
            Assert.True(File.Exists(_tree.Instance(uuid, "remove")));
        }
        AssertAsBefore(uuid);
    }

    [FuseFact]
    public async Task A_remover_can_be_killed()
    {
        Guid uuid = _tree.Create("mtty-1");
        _tree.User.Use(uuid);
        using Process shell = Start(uuid, "");
        await Asked();
        shell.Kill();
        await shell.WaitForExitAsync();
        while (!File.Exists(_tree.Instance(uuid, "remove")))
            await Task.Delay(5);
        AssertAsBefore(uuid);
    }

    [FuseFact]
    public async Task Ending_the_host_ends_blocked_removals()
    {
        Guid uuid = _tree.Create("mtty-1");
        _tree.User.Use(uuid);
        using Process shell = Start(uuid, "");
        await Asked();
        _tree.Tree.Dispose();
        await shell.WaitForExitAsync();
        Assert.NotEqual(0, shell.ExitCode);
        _tree.User.LetGo(uuid);
    }

    private void AssertAsBefore(Guid uuid)
    {
        Assert.Equal("../mdev_supported_types/mtty-1", new FileInfo(_tree.Instance(uuid, "mdev_type")).LinkTarget);
        Assert.Single(Directory.GetFileSystemEntries(_tree.Type("mtty-1", "devices")));
        Assert.NotNull(_tree.Bus.Find(uuid));
        _tree.User.LetGo(uuid);
        Assert.Equal("ok 1", Sys.Write(_tree.Instance(uuid, "remove"), "1"));
        Assert.Null(_tree.Bus.Find(uuid));
    }

    private Process Start(Guid uuid, string before) =>
        Process.Start(new ProcessStartInfo("bash", ["-c", $"{before}echo 1 > '{_tree.Instance(uuid, "remove")}'"]) { RedirectStandardError = true })!;

    private async Task Asked()
    {
        while (_tree.User.Requests.Count == 0)
            await Task.Delay(5);
    }
}
