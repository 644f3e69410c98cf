using Mtty.Tests;

namespace Mdev.Tool.Tests.Damage;

/// <summary>Host processes that are killed, stopped, or answer nonsense.</summary>
public sealed class HostDamageTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void What_a_killed_host_has_left_is_swept_by_the_next_verb()
    {
        MttyProcess host = _workplace.StartHost();
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        host.Signal(Libc.SIGKILL);
        host.WaitForExit();
        Assert.Equal(2, Directory.GetFiles(_workplace.Runtime).Length);
        Assert.Equal("", _workplace.Succeed("list"));
        Assert.Empty(Directory.GetFiles(_workplace.Runtime));
        Assert.Contains("ENODEV", _workplace.Refuse(1, "start", "-p", "mtty", "-t", "mtty-1"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_is_stopped_is_named_and_the_others_answer()
    {
        MttyProcess host = _workplace.StartHost();
        host.Signal(Libc.SIGSTOP);
        try
        {
            Ran ran = _workplace.Run("list");
            Assert.Equal((0, ""), (ran.Status, ran.Output));
            Assert.StartsWith($"dotnet-mdev: warning: ETIMEDOUT: The host process at {_workplace.Runtime}/mtty.control", ran.Error, StringComparison.Ordinal);
        }
        finally
        {
            host.Signal(Libc.SIGCONT);
        }
        Assert.Equal("", _workplace.Succeed("list"));
    }

    [Fact]
    public void A_host_that_is_killed_while_it_is_asked_is_one_line()
    {
        MttyProcess host = _workplace.StartHost();
        using RunningProcess events = _workplace.Start("events");
        events.WaitFor("listening mtty");
        host.Signal(Libc.SIGKILL);
        host.WaitForExit();

        // Another takes its place, and is followed too.
        _workplace.StartHost();
        Eventually.True(() => events.Output.Split("listening").Length == 3, () => events.Output + events.Error);
        events.Signal(Libc.SIGINT);
        Assert.Equal(130, events.WaitForExit().Status);
        Assert.Equal("", events.Error);
    }

    [Fact]
    public void A_runtime_directory_that_is_a_file_is_one_line()
    {
        Directory.Delete(_workplace.Runtime);
        File.WriteAllText(_workplace.Runtime, "");
        Assert.Equal("", _workplace.Succeed("list"));
        File.Delete(_workplace.Runtime);
        Assert.Equal("", _workplace.Succeed("list"));
        Assert.Contains("ENODEV", _workplace.Refuse(1, "start", "-p", "mtty", "-t", "mtty-1"), StringComparison.Ordinal);
        Directory.CreateDirectory(_workplace.Runtime);
    }

    [Fact]
    public void Output_that_nobody_reads_ends_it()
    {
        for (int i = 0; i < 40; i++)
            _workplace.WriteDefinition($"83b8f4f2-509f-382f-3c1e-{i:d12}", """{"mdev_type":"t","start":"auto"}""");
        Ran ran = _workplace.Shell("\"$1\" list -d | head -1; exit ${PIPESTATUS[1]}");
        Assert.Equal((0, "83b8f4f2-509f-382f-3c1e-000000000000 mtty t auto\n"), (ran.Status, ran.Output));
    }
}
