using Mdev.Tool.Tests.Doctor;

namespace Mdev.Tool.Tests.Verbs;

/// <summary><c>mdevctl</c>: what the installed one is run with. A script stands for it; the real one is run by the tests of the tree.</summary>
public sealed class MdevctlTests : IDisposable
{
    private readonly Workplace _workplace = new();
    private readonly Ward _ward = new();

    public void Dispose()
    {
        _workplace.Dispose();
        _ward.Dispose();
    }

    [Fact]
    public void Arguments_status_and_root_are_passed_on()
    {
        _ward.Install("mdevctl", "printf '%s|' \"$@\"; echo \"$MDEVCTL_ENV_ROOT\"; exit 7");
        Directory.CreateDirectory(Path.Combine(_workplace.Runtime, "root", "sys"));
        Ran ran = Run("mdevctl", "start", "-u", "a b", "--help", "", "@x", "--", "[suggest]");
        Assert.Equal((7, $"start|-u|a b|--help||@x|--|[suggest]|{_workplace.Runtime}/root\n", ""), (ran.Status, ran.Output, ran.Error));
        Assert.True(Directory.Exists(_workplace.Definitions));
    }

    [Fact]
    public void Without_mdevctl_or_a_tree_it_says_what_to_do()
    {
        Assert.Matches("^dotnet-mdev: ENOENT: mdevctl is not installed", Run("mdevctl", "list").Error);
        _ward.Install("mdevctl", "echo mdevctl 1.4.0");
        Ran ran = Run("mdevctl", "list");
        Assert.Equal((1, ""), (ran.Status, ran.Output));
        Assert.Matches($"^dotnet-mdev: ENOENT: There is no tree at {_workplace.Runtime}/root: start a host program", ran.Error);
    }

    private Ran Run(params string[] arguments) => _workplace.RunWith(
        new Dictionary<string, string> { ["PATH"] = $"{_ward.Programs}:/usr/bin:/bin" }, arguments);
}
