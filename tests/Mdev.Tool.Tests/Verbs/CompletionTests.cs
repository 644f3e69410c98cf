namespace Mdev.Tool.Tests.Verbs;

/// <summary>What shells complete.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void Words_are_completed_from_what_is_there()
    {
        _workplace.StartHost();
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        _workplace.Succeed("define", "-p", "absent", "-t", "x-1", "-u", Workplace.Two);
        Assert.Equal("start\nstop\n", Complete("st"));
        Assert.Contains("doctor\n", Complete(""), StringComparison.Ordinal);
        Assert.Equal($"{Workplace.One}\n{Workplace.Two}\n", Complete("stop", "-u", ""));
        Assert.Equal($"{Workplace.One}\n{Workplace.Two}\n", Complete("start", "--uuid", "83b8"));
        Assert.Equal($"{Workplace.One}\n{Workplace.Two}\n", Complete("qemu", ""));
        Assert.Equal("absent\nmtty\n", Complete("define", "-p", ""));
        Assert.Equal("mtty-1\nmtty-2\n", Complete("define", "-p", "mtty", "--type", "mt"));
        Assert.Equal("--dumpjson\n", Complete("types", "--d"));
        Assert.Equal("bash\nfish\nzsh\n", Complete("completion", ""));
        Assert.Equal("", Complete("list", "--no-such"));
    }

    [Fact]
    public void Bash_completes_by_its_script()
    {
        _workplace.StartHost();
        _workplace.Succeed("define", "-p", "0000:00:02.0", "-t", "x-1", "-u", Workplace.Two);
        Assert.Equal($"stop\n", Bash("dotnet-mdev sto"));
        Assert.Equal($"{Workplace.Two}\n", Bash("dotnet-mdev start -u "));
        Assert.Equal($"{Workplace.Two}\n", Bash("dotnet mdev start -u "));

        // Only what stands behind the last colon is the shell's to complete.
        Assert.Equal("02.0\n", Bash("dotnet-mdev list -p 0000:00:"));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void Each_shell_has_a_script(string shell) =>
        Assert.Contains("dotnet-mdev complete", _workplace.Succeed("completion", shell), StringComparison.Ordinal);

    private string Complete(params string[] words) => _workplace.Succeed(["complete", .. words]);

    private string Bash(string line)
    {
        string bin = _workplace["bin"];
        Directory.CreateDirectory(bin);
        if (!File.Exists(Path.Combine(bin, "dotnet-mdev")))
            File.CreateSymbolicLink(Path.Combine(bin, "dotnet-mdev"), Workplace.ToolPath);
        Ran ran = _workplace.Shell($$"""
            PATH={{bin}}:$PATH
            source <("$1" completion bash)
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{line}} "") COMP_CWORD=2
            [[ $COMP_LINE == dotnet\ * ]] && _dotnet_with_mdev || _dotnet_mdev
            echo "${COMPREPLY[*]}"
            """);
        Assert.Equal("", ran.Error);
        return ran.Output;
    }
}
