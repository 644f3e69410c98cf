namespace Mdev.Tool.Tests.Verbs;

/// <summary><c>modify</c> of definitions; of devices that run see <see cref="LiveTests"/>.</summary>
public sealed class ModifyTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public ModifyTests() => _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void Type_and_start_are_changed()
    {
        _workplace.Succeed("modify", "-u", Workplace.One, "--auto", "-t", "mtty-2");
        Assert.Equal($"{Workplace.One} mtty mtty-2 auto\n", _workplace.Succeed("list", "-d"));
        _workplace.Succeed("modify", "-u", Workplace.One, "--manual", "-d");
        Assert.Equal($"{Workplace.One} mtty mtty-2 manual\n", _workplace.Succeed("list", "-d"));
        _workplace.Succeed("modify", "-u", Workplace.One, "-t", "mtty-1");
        Assert.Equal($"{Workplace.One} mtty mtty-1 manual\n", _workplace.Succeed("list", "-d"));
    }

    // The very commands given to mdevctl 1.4.0, with its results.
    [Fact]
    public void Attributes_are_added_and_deleted_at_their_index()
    {
        _workplace.Succeed("modify", "-u", Workplace.One, "--addattr", "a/b", "--value", "5");
        _workplace.Succeed("modify", "-u", Workplace.One, "--addattr=a/b", "--value=6");
        _workplace.Succeed("modify", "-u", Workplace.One, "--addattr", "c", "--value", "7", "--index", "0");
        Assert.Equal(["c=7", "a/b=5", "a/b=6"], Attributes());
        Assert.Contains("index 5", _workplace.Refuse(1, "modify", "-u", Workplace.One, "--delattr", "--index", "5"), StringComparison.Ordinal);
        _workplace.Succeed("modify", "-u", Workplace.One, "--delattr");
        Assert.Equal(["c=7", "a/b=5"], Attributes());
        _workplace.Succeed("modify", "-u", Workplace.One, "--delattr", "-i", "0");
        Assert.Equal(["a/b=5"], Attributes());
    }

    [Fact]
    public void Several_attributes_are_added_at_once_in_order()
    {
        _workplace.Succeed(
            "modify", "-u", Workplace.One, "--addattr", "x", "--value", "1", "--addattr", "y", "--value", "-2", "--addattr", "x", "--value", "", "-a");
        Assert.Equal(["x=1", "y=-2", "x="], Attributes());
        Assert.Contains(" auto", _workplace.Succeed("list", "-d"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_replaces_everything()
    {
        _workplace.Succeed("modify", "-u", Workplace.One, "--addattr", "old", "--value", "1");
        File.WriteAllText(_workplace["j"], """{"mdev_type":"mtty-2","start":"auto","attrs":[{"new":"2"}]}""");
        _workplace.Succeed("modify", "-u", Workplace.One, "--jsonfile", _workplace["j"]);
        Assert.Equal(["new=2"], Attributes());
        Assert.Contains("mtty-2 auto", _workplace.Succeed("list", "-d"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_uuid_defined_twice_needs_its_parent()
    {
        _workplace.Succeed("define", "-p", "other", "-t", "t", "-u", Workplace.One);
        Assert.Contains("mtty and other", _workplace.Refuse(1, "modify", "-u", Workplace.One, "-a"), StringComparison.Ordinal);
        _workplace.Succeed("modify", "-u", Workplace.One, "-p", "other", "-a");
        Assert.Equal($"{Workplace.One} mtty mtty-1 manual\n{Workplace.One} other t auto\n", _workplace.Succeed("list", "-d"));
    }

    [Fact]
    public void What_is_not_defined_cannot_be_modified()
    {
        Assert.Contains("ENOENT", _workplace.Refuse(1, "modify", "-u", Workplace.Two, "-a"), StringComparison.Ordinal);
        Assert.Contains("nope", _workplace.Refuse(1, "modify", "-u", Workplace.One, "-p", "nope", "-a"), StringComparison.Ordinal);
        Assert.Contains("ENODEV", _workplace.Refuse(1, "modify", "-u", Workplace.One, "--live", "--addattr", "a", "--value", "1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Members_that_the_tool_does_not_know_are_kept()
    {
        _workplace.WriteDefinition(Workplace.Two, """{"mdev_type":"t","x_owner":{"name":"me"},"start":"manual"}""");
        _workplace.Succeed("modify", "-u", Workplace.Two, "-a");
        string text = File.ReadAllText(_workplace.DefinitionOf(Workplace.Two));
        Assert.Contains("\"x_owner\"", text, StringComparison.Ordinal);
        Assert.Contains("\"start\": \"auto\"", text, StringComparison.Ordinal);
    }

    private string[] Attributes() =>
    [
        .. System.Text.Json.JsonDocument.Parse(File.ReadAllText(_workplace.DefinitionOf(Workplace.One))).RootElement
            .GetProperty("attrs").EnumerateArray().Select(a => a.EnumerateObject().Single()).Select(p => $"{p.Name}={p.Value.GetString()}"),
    ];
}
