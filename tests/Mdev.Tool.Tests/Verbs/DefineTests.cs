using System.Text.RegularExpressions;

namespace Mdev.Tool.Tests.Verbs;

/// <summary><c>define</c> and <c>undefine</c>.</summary>
public sealed partial class DefineTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void A_uuid_is_made_and_printed_if_none_is_given()
    {
        string printed = _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1");
        Assert.Matches(UuidLine(), printed);
        Assert.Equal($"{printed.Trim()} mtty mtty-1 manual\n", _workplace.Succeed("list", "-d"));
    }

    [Fact]
    public void A_file_says_type_start_and_attributes()
    {
        File.WriteAllText(_workplace["j"], """{"mdev_type":"mtty-2","start":"auto","attrs":[{"a":"1"},{"a":"2"}],"note":"mine"}""");
        Assert.Equal("", _workplace.Succeed("define", "-p", "mtty", "-u", Workplace.One, "--jsonfile", _workplace["j"]));
        Assert.Contains("\"note\": \"mine\"", File.ReadAllText(_workplace.DefinitionOf(Workplace.One)), StringComparison.Ordinal);
        Assert.Contains("@{1}: {\"a\":\"2\"}", _workplace.Succeed("list", "-d", "-v"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_active_device_lends_parent_and_type()
    {
        _workplace.StartHost();
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-2", "-u", Workplace.One);
        _workplace.Succeed("define", "-u", Workplace.One, "--auto");
        Assert.Equal($"{Workplace.One} mtty mtty-2 auto (active)\n", _workplace.Succeed("list", "-d"));
        _workplace.Succeed("define", "-u", Workplace.One, "-p", "other");
        Assert.Contains($"{Workplace.One} other mtty-2 manual\n", _workplace.Succeed("list", "-d"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_defined_already_stays_as_it_is()
    {
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        string line = _workplace.Refuse(1, "define", "-p", "mtty", "-t", "mtty-2", "-u", Workplace.One, "--force");
        Assert.StartsWith($"dotnet-mdev: EEXIST: Device {Workplace.One} is defined under mtty already", line, StringComparison.Ordinal);
        Assert.Contains("mtty-1", _workplace.Succeed("list", "-d"), StringComparison.Ordinal);
    }

    [Fact]
    public void Undefining_takes_all_parents_unless_one_is_given()
    {
        foreach (string parent in (string[])["a", "b", "c"])
            _workplace.Succeed("define", "-p", parent, "-t", "t", "-u", Workplace.One);
        _workplace.Succeed("undefine", "-u", Workplace.One, "-p", "b");
        Assert.Equal($"{Workplace.One} a t manual\n{Workplace.One} c t manual\n", _workplace.Succeed("list", "-d"));
        _workplace.Succeed("undefine", "-u", Workplace.One);
        Assert.Equal("", _workplace.Succeed("list", "-d"));
        Assert.Contains("ENOENT", _workplace.Refuse(1, "undefine", "-u", Workplace.One), StringComparison.Ordinal);
    }

    [Fact]
    public void An_active_device_goes_on_when_its_definition_is_removed()
    {
        _workplace.StartHost();
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        _workplace.Succeed("start", "-u", Workplace.One);
        _workplace.Succeed("undefine", "-u", Workplace.One, "-f");
        Assert.Equal($"{Workplace.One} mtty mtty-1 manual\n", _workplace.Succeed("list"));
    }

    [Theory]
    [InlineData("define", "-p", "mtty")]
    [InlineData("define", "-u", Workplace.One)]
    [InlineData("define", "-u", Workplace.One, "-p", "mtty")]
    [InlineData("define", "-p", "mtty", "--jsonfile", "/nowhere/j")]
    [InlineData("define", "-p", "../etc", "-t", "t")]
    [InlineData("undefine", "-u", Workplace.One)]
    public void What_cannot_be_is_one_line_and_status_1(params string[] arguments)
    {
        Assert.Matches("^dotnet-mdev: E[A-Z]+: [A-Z/'].*", _workplace.Refuse(1, arguments));
        Assert.False(Directory.Exists(Path.Combine(_workplace.Definitions, "mtty")));
    }

    [GeneratedRegex("^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\n$")]
    private static partial Regex UuidLine();
}
