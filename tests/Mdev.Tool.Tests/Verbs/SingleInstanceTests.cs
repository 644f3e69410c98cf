namespace Mdev.Tool.Tests.Verbs;

/// <summary>A host process that serves one instance and manages none, and devices that start with their parent.</summary>
public sealed class SingleInstanceTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void It_is_found_and_looked_at_and_ends_with_its_process()
    {
        _workplace.StartHost("--type", "mtty-2", "--uuid", Workplace.One);
        Assert.Equal($"{Workplace.One} mtty mtty-2 manual\n", _workplace.Succeed("list"));
        Assert.Equal("", _workplace.Succeed("types"));
        Assert.Contains(_workplace.SocketOf(Workplace.One), _workplace.Succeed("qemu", Workplace.One), StringComparison.Ordinal);
        Assert.StartsWith("dotnet-mdev: EPERM: ", _workplace.Refuse(1, "stop", "-u", Workplace.One), StringComparison.Ordinal);
        Assert.StartsWith("dotnet-mdev: ENODEV: ", _workplace.Refuse(1, "start", "-p", "mtty", "-t", "mtty-1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_stand_beside_a_managed_parent()
    {
        _workplace.StartHost();
        _workplace.StartHost("--uuid", Workplace.Two);
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        Assert.Equal($"{Workplace.One} mtty mtty-1 manual\n{Workplace.Two} mtty mtty-1 manual\n", _workplace.Succeed("list"));
        Assert.StartsWith("dotnet-mdev: EEXIST: ", _workplace.Refuse(1, "start", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.Two), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_defined_to_start_with_its_parent_is_there_when_the_host_is_ready()
    {
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-2", "-u", Workplace.One, "--auto");
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.Two);
        _workplace.StartHost();
        Assert.Equal($"{Workplace.One} mtty mtty-2 auto (defined)\n", _workplace.Succeed("list"));
    }
}
