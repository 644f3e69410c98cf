namespace Mdev.Tool.Tests.Verbs;

/// <summary>Attributes of a device that runs: a matrix of crypto queues, as mdevctl's own manual has it.</summary>
public sealed class LiveTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public LiveTests() => _workplace.StartMatrixHost();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void A_definition_is_started_with_its_attributes_in_their_order()
    {
        Define(Workplace.One, ("assign_adapter", "5"), ("assign_domain", "4"), ("assign_adapter", "6"), ("unassign_adapter", "5"));
        _workplace.Succeed("start", "-u", Workplace.One);
        Assert.Contains("0x02", ActiveJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_attribute_that_is_refused_means_that_nothing_has_been_started()
    {
        Define(Workplace.One, ("assign_adapter", "5"), ("assign_adapter", "99"));
        string line = _workplace.Refuse(1, "start", "-u", Workplace.One);
        Assert.StartsWith("dotnet-mdev: ENODEV: ", line, StringComparison.Ordinal);
        Assert.Contains("adapter 99", line, StringComparison.Ordinal);
        Assert.Equal("", _workplace.Succeed("list"));
    }

    [Fact]
    public void Several_attributes_change_a_device_all_or_none()
    {
        Define(Workplace.One, ("assign_adapter", "5"), ("assign_domain", "4"));
        _workplace.Succeed("start", "-u", Workplace.One);
        string before = ActiveJson();
        string line = _workplace.Refuse(
            1, "modify", "-u", Workplace.One, "--live", "--addattr", "assign_adapter", "--value", "6", "--addattr", "assign_domain", "--value", "999");
        Assert.Contains("domain 999", line, StringComparison.Ordinal);
        Assert.Equal(before, ActiveJson());

        _workplace.Succeed(
            "modify", "-u", Workplace.One, "--live", "--addattr", "assign_adapter", "--value", "6", "--addattr", "assign_domain", "--value", "7");
        Assert.NotEqual(before, ActiveJson());
    }

    [Fact]
    public void The_definition_is_left_alone_unless_it_is_meant_too()
    {
        Define(Workplace.One, ("assign_adapter", "5"));
        _workplace.Succeed("start", "-u", Workplace.One);
        string before = File.ReadAllText(_workplace.DefinitionOf(Workplace.One, "vfio_ap"));
        _workplace.Succeed("modify", "-u", Workplace.One, "--live", "--addattr", "assign_adapter", "--value", "6");
        Assert.Equal(before, File.ReadAllText(_workplace.DefinitionOf(Workplace.One, "vfio_ap")));

        _workplace.Refuse(1, "modify", "-u", Workplace.One, "--live", "--defined", "--addattr", "assign_adapter", "--value", "99");
        Assert.Equal(before, File.ReadAllText(_workplace.DefinitionOf(Workplace.One, "vfio_ap")));
        _workplace.Succeed("modify", "-u", Workplace.One, "--live", "--defined", "--addattr", "assign_adapter", "--value", "7");
        Assert.Contains("@{1}: {\"assign_adapter\":\"7\"}", _workplace.Succeed("list", "-dv"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_device_holds_is_refused_by_the_vendors_errno()
    {
        Define(Workplace.One, ("assign_adapter", "5"), ("assign_domain", "4"));
        Define(Workplace.Two, ("assign_adapter", "5"), ("assign_domain", "4"));
        _workplace.Succeed("start", "-u", Workplace.One);
        Assert.Matches("^dotnet-mdev: EADDRINUSE: .*Queue 05.0004 is assigned", _workplace.Refuse(1, "start", "-u", Workplace.Two));
    }

    [Fact]
    public void An_active_device_lends_its_attributes_to_its_definition()
    {
        File.WriteAllText(_workplace["j"], """{"mdev_type":"vfio_ap-passthrough","start":"manual","attrs":[{"assign_adapter":"5"},{"assign_domain":"4"}]}""");
        _workplace.Succeed("start", "-p", "vfio_ap", "-u", Workplace.One, "--jsonfile", _workplace["j"]);
        string active = ActiveJson();
        _workplace.Succeed("define", "-u", Workplace.One);
        _workplace.Succeed("stop", "-u", Workplace.One);
        _workplace.Succeed("start", "-u", Workplace.One);
        Assert.Equal(active, ActiveJson());
    }

    [Fact]
    public void A_file_sets_them_all_on_a_device_of_its_type()
    {
        Define(Workplace.One);
        _workplace.Succeed("start", "-u", Workplace.One);
        File.WriteAllText(_workplace["j"], """{"mdev_type":"mtty-1","start":"manual","attrs":[]}""");
        Assert.Contains("mtty-1", _workplace.Refuse(1, "modify", "-u", Workplace.One, "--live", "--jsonfile", _workplace["j"]), StringComparison.Ordinal);
        File.WriteAllText(_workplace["j"], """{"mdev_type":"vfio_ap-passthrough","start":"manual","attrs":[{"assign_adapter":"0"},{"assign_domain":"0"}]}""");
        _workplace.Succeed("modify", "-u", Workplace.One, "--live", "--jsonfile", _workplace["j"]);
        Assert.Contains("0x80", ActiveJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_values_and_names_have_their_errno()
    {
        Define(Workplace.One);
        _workplace.Succeed("start", "-u", Workplace.One);
        foreach ((string name, string value, string error) in ((string, string, string)[])
            [("assign_adapter", "five", "EINVAL"), ("no/such", "1", "ENOENT"), ("matrix", "1", "EACCES")])
        {
            Assert.StartsWith(
                $"dotnet-mdev: {error}: ",
                _workplace.Refuse(1, "modify", "-u", Workplace.One, "--live", "--addattr", name, "--value", value), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_device_that_is_not_pci_has_nothing_to_paste()
    {
        Define(Workplace.One);
        _workplace.Succeed("start", "-u", Workplace.One);
        Assert.Contains("ENOTSUP", _workplace.Refuse(1, "qemu", Workplace.One), StringComparison.Ordinal);
    }

    private void Define(string uuid, params (string Name, string Value)[] attributes) => _workplace.WriteDefinition(
        uuid,
        $$"""{"mdev_type":"vfio_ap-passthrough","start":"manual","attrs":[{{string.Join(',', attributes.Select(a => $$"""{"{{a.Name}}":"{{a.Value}}"}"""))}}]}""",
        "vfio_ap");

    private string ActiveJson() => _workplace.Succeed("list", "-u", Workplace.One, "--dumpjson");
}
