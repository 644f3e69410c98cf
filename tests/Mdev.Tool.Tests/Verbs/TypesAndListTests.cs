namespace Mdev.Tool.Tests.Verbs;

/// <summary>What scripts read of <c>types</c> and <c>list</c>: line for line what mdevctl 1.4.0 prints.</summary>
public sealed class TypesAndListTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void Types_are_listed_by_parent()
    {
        _workplace.StartHost();
        const string Expected = """
            mtty
              mtty-1
                Available instances: 24
                Device API: vfio-pci
                Name: Single port serial
              mtty-2
                Available instances: 12
                Device API: vfio-pci
                Name: Dual port serial

            """;
        Assert.Equal(Expected, _workplace.Succeed("types"));
        Assert.Equal(Expected, _workplace.Succeed("types", "--parent", "mtty"));
        Assert.Equal("", _workplace.Succeed("types", "--parent=nope"));
    }

    [Fact]
    public void What_is_available_follows_what_is_started()
    {
        _workplace.StartHost();
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-2");
        Assert.Contains("Available instances: 22\n", _workplace.Succeed("types"), StringComparison.Ordinal);
    }

    [Fact]
    public void Active_devices_are_marked_that_are_defined()
    {
        _workplace.StartHost();
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.Two, "--auto");
        _workplace.Succeed("start", "-u", Workplace.Two);
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-2", "-u", Workplace.One);
        Assert.Equal($"{Workplace.One} mtty mtty-2 manual\n{Workplace.Two} mtty mtty-1 auto (defined)\n", _workplace.Succeed("list"));
        Assert.Equal($"{Workplace.Two} mtty mtty-1 auto (defined)\n", _workplace.Succeed("list", "-u", Workplace.Two));
        Assert.Equal("", _workplace.Succeed("list", "-p", "nope"));
    }

    [Fact]
    public void Defined_devices_are_marked_that_are_active()
    {
        _workplace.StartHost();
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        _workplace.Succeed("define", "-p", "absent", "-t", "x-1", "-u", Workplace.One, "-a");
        _workplace.Succeed("start", "-u", Workplace.One, "-p", "mtty");
        Assert.Equal($"{Workplace.One} absent x-1 auto\n{Workplace.One} mtty mtty-1 manual (active)\n", _workplace.Succeed("list", "--defined"));
        Assert.Equal($"{Workplace.One} absent x-1 auto\n", _workplace.Succeed("list", "-d", "-p", "absent"));
    }

    [Fact]
    public void Attributes_are_listed_on_request()
    {
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.Two);
        _workplace.Succeed("modify", "-u", Workplace.One, "--addattr", "c", "--value", "7\"x", "--addattr", "a/b", "--value", "5");
        string expected = $$"""
            {{Workplace.One}} mtty mtty-1 manual
              Attrs:
                @{0}: {"c":"7"x"}
                @{1}: {"a/b":"5"}
            {{Workplace.Two}} mtty mtty-1 manual

            """;
        Assert.Equal(expected, _workplace.Succeed("list", "-dv"));
    }

    [Theory]
    [InlineData("83B8F4F2-509F-382F-3C1E-000000000001")]
    [InlineData("83b8f4f2509f382f3c1e000000000001")]
    [InlineData("{83b8f4f2-509f-382f-3c1e-000000000001}")]
    public void A_uuid_is_taken_as_mdevctl_takes_it(string uuid)
    {
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", uuid);
        Assert.Equal($"{Workplace.One} mtty mtty-1 manual\n", _workplace.Succeed("list", "-d", "-u", uuid));
    }
}
