namespace Mdev.Tool.Tests.Verbs;

/// <summary>What is changed while a device runs.</summary>
public sealed class LiveTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void An_attribute_that_there_is_not_changes_neither_device_nor_definition()
    {
        _workplace.StartHost();
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        _workplace.Succeed("start", "-u", Workplace.One);
        string before = File.ReadAllText(_workplace.DefinitionOf(Workplace.One));
        string line = _workplace.Refuse(1, "modify", "-u", Workplace.One, "--live", "--defined", "--addattr", "no/such", "--value", "1");
        Assert.Contains("ENOENT", line, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_workplace.DefinitionOf(Workplace.One)));
    }

    [Fact]
    public void A_file_for_another_type_is_refused()
    {
        _workplace.StartHost();
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        File.WriteAllText(_workplace["j"], """{"mdev_type":"mtty-2","start":"auto","attrs":[]}""");
        Assert.Contains("mtty-2", _workplace.Refuse(1, "modify", "-u", Workplace.One, "--live", "--jsonfile", _workplace["j"]), StringComparison.Ordinal);
        File.WriteAllText(_workplace["j"], """{"mdev_type":"mtty-1","start":"auto","attrs":[]}""");
        _workplace.Succeed("modify", "-u", Workplace.One, "--live", "--jsonfile", _workplace["j"]);
    }
}
