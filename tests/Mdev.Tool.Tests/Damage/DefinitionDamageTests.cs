using System.Diagnostics;
using Mtty.Tests;

namespace Mdev.Tool.Tests.Damage;

/// <summary>Full disks, tools killed half-way, files edited into nonsense: a clear error, and nothing lost.</summary>
public sealed class DefinitionDamageTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [NeedsFact(Need.Root)]
    public void A_full_disk_loses_nothing()
    {
        // A file system of 64 KiB with nothing left of it, in a mount namespace of the shell's own.
        string script = $"""
            mkdir -p {_workplace.Definitions}; mount -t tmpfs -o size=64k none {_workplace.Definitions} || exit 99
            "$1" define -p mtty -t mtty-1 -u {Workplace.One} || exit 98
            cp {_workplace.DefinitionOf(Workplace.One)} {_workplace["before"]}
            dd if=/dev/zero of={_workplace.Definitions}/filler bs=1k count=100 2>/dev/null
            "$1" modify -u {Workplace.One} --auto; echo "status $?"
            "$1" define -p mtty -t mtty-1 -u {Workplace.Two}; echo "status $?"
            cmp {_workplace.DefinitionOf(Workplace.One)} {_workplace["before"]} || exit 97
            ls -A {_workplace.Definitions}/mtty
            rm {_workplace.Definitions}/filler
            "$1" modify -u {Workplace.One} --auto || exit 96
            """;
        Ran ran = _workplace.Shell($"unshare -m bash -c '{script}' bash \"$1\"");
        Assert.Equal((0, $"status 1\nstatus 1\n{Workplace.One}\n"), (ran.Status, ran.Output));
        Assert.All(ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
            Assert.Matches($"^dotnet-mdev: ENOSPC: Cannot write {_workplace.Definitions}/mtty/[0-9a-f-]+, nothing has changed: ", line));
    }

    [Fact]
    public void A_limit_on_the_size_of_files_loses_nothing()
    {
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        string before = File.ReadAllText(_workplace.DefinitionOf(Workplace.One));

        // The runtime's own code lies in a file in memory unless it is told not to, and that is larger.
        string value = new('x', 20_000);
        Ran ran = _workplace.Shell($"""
            export DOTNET_EnableWriteXorExecute=0; ulimit -f 8; trap '' XFSZ; exec "$1" modify -u {Workplace.One} --addattr a --value {value}
            """);
        Assert.Equal((1, ""), (ran.Status, ran.Output));
        Assert.Matches("^dotnet-mdev: E[A-Z0-9]+: Cannot write ", Assert.Single(ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(before, File.ReadAllText(_workplace.DefinitionOf(Workplace.One)));
        Assert.Equal([Workplace.One], Directory.GetFiles(Path.Combine(_workplace.Definitions, "mtty")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_tool_killed_at_any_moment_leaves_the_old_definition_or_the_new_one()
    {
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        var random = new Random(11);
        for (int i = 0; i < 25; i++)
        {
            string mode = i % 2 == 0 ? "--auto" : "--manual";
            using (RunningProcess tool = _workplace.Start("modify", "-u", Workplace.One, mode))
            {
                Thread.Sleep(random.Next(60, 200));
                if (!tool.HasExited)
                    tool.Signal(Libc.SIGKILL);
                tool.WaitForExit();
            }
            Assert.Matches($"^{Workplace.One} mtty mtty-1 (auto|manual)\n$", _workplace.Succeed("list", "-d"));
        }
        _workplace.Succeed("modify", "-u", Workplace.One, "--auto");
        Assert.Equal([Workplace.One], Directory.GetFiles(Path.Combine(_workplace.Definitions, "mtty")).Select(Path.GetFileName));
    }

    [Fact]
    public void Nonsense_is_named_with_file_and_line_and_the_other_definitions_are_there()
    {
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        _workplace.WriteDefinition(Workplace.Two, "{\n  \"mdev_type\": \"mtty-1\",\n  \"start\": \"when I say so\"\n}");
        Ran ran = _workplace.Run("list", "-d");
        Assert.Equal((0, $"{Workplace.One} mtty mtty-1 manual\n"), (ran.Status, ran.Output));
        Assert.Equal(
            $"dotnet-mdev: warning: {_workplace.DefinitionOf(Workplace.Two)}, line 3: \"start\" is \"auto\" or \"manual\", not \"when I say so\".\n",
            ran.Error);

        foreach (string[] verb in (string[][])[["start", "-u", Workplace.Two], ["modify", "-u", Workplace.Two, "-a"]])
            Assert.Contains("line 3", _workplace.Refuse(1, verb), StringComparison.Ordinal);
        Assert.Contains("EEXIST", _workplace.Refuse(1, "define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.Two), StringComparison.Ordinal);
        Assert.Contains("when I say so", File.ReadAllText(_workplace.DefinitionOf(Workplace.Two)), StringComparison.Ordinal);
        _workplace.Succeed("undefine", "-u", Workplace.Two);
    }

    [Fact]
    public void Definitions_that_may_not_be_read_are_one_warning()
    {
        Directory.CreateDirectory(Path.Combine(_workplace.Definitions, "mtty", Workplace.One));
        Assert.Equal("", _workplace.Succeed("list", "-d"));
        Assert.Contains("E", _workplace.Refuse(1, "define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One), StringComparison.Ordinal);
    }
}
