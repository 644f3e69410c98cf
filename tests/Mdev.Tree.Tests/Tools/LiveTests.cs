using System.Text.Json;
using Mdev.Tree.Tests.Parents;

namespace Mdev.Tree.Tests.Tools;

/// <summary>What mdevctl can do with a running device only because a script of ours answers it.</summary>
public sealed class LiveTests : IDisposable
{
    private const string Uuid = "83b8f4f2-509f-382f-3c1e-e6bfe0fa2001";

    private readonly TestTree _tree = new(new LampParent());
    private readonly Tool _tool;

    public LiveTests()
    {
        _tool = new Tool(_tree.Root);
        _tree.Bus.Create(_tree.Bus.FindType("lamp-desk"), Guid.Parse(Uuid));
    }

    public void Dispose() => _tree.Dispose();

    [ToolFact]
    public void The_attributes_of_a_running_device_are_listed()
    {
        Store("supply/current", "1");
        Store("brightness", "30");
        Store("note", "a \"quoted\" \\ word\tand ü");
        Assert.Equal("""
            {
              "mdev_type": "lamp-desk",
              "start": "manual",
              "attrs": [
                {
                  "blinked": "0"
                },
                {
                  "brightness": "30"
                },
                {
                  "current": "1"
                },
                {
                  "note": "a \"quoted\" \\ word\tand ü"
                },
                {
                  "supply/current": "1"
                }
              ]
            }
            """, _tool.Mdevctl("list", "-u", Uuid, "--dumpjson").Text);
    }

    [ToolFact]
    public void A_running_device_becomes_a_definition_with_its_attributes()
    {
        Store("note", "kept");
        Assert.Equal("", _tool.Mdevctl("define", "-u", Uuid).Text);
        Assert.Equal($$"""
            {{Uuid}} lamp lamp-desk manual (active)
              Attrs:
                @{0}: {"blinked":"0"}
                @{1}: {"brightness":"0"}
                @{2}: {"current":"0"}
                @{3}: {"note":"kept"}
                @{4}: {"supply/current":"0"}

            """, _tool.Mdevctl("list", "-d", "-v").Text);
    }

    [ToolFact]
    public void A_running_device_is_modified_in_the_order_given()
    {
        Said said = Modify(("supply/current", "1"), ("brightness", "55"), ("note", "line\nand \"line\" \\ \u0001 ü"), ("blink", "3"));
        Assert.Equal("", said.Text);
        Assert.Equal("55", Show("brightness"));
        Assert.Equal("line\nand \"line\" \\ \u0001 ü", Show("note"));
        Assert.Equal("3", Show("blinked"));
    }

    [ToolFact]
    public void A_running_device_that_refuses_a_value_is_as_before()
    {
        Store("note", "before");
        Said said = Modify(("note", "one"), ("supply/current", "1"), ("note", "two"), ("brightness", "101"));
        Assert.Equal(1, said.Status);
        Assert.Contains("brightness did not take '101': Invalid argument; everything is as before", said.Error, StringComparison.Ordinal);
        Assert.Equal("before", Show("note"));
        Assert.Equal("0", Show("supply/current"));
    }

    [ToolFact]
    public void What_cannot_be_taken_back_is_named()
    {
        Said said = Modify(("note", "new"), ("blink", "1"), ("brightness", "5"));
        Assert.Equal(1, said.Status);
        Assert.Contains(
            "brightness did not take '5': No such device; everything else is as before, but this cannot be taken back: blink",
            said.Error, StringComparison.Ordinal);
        Assert.Equal("", Show("note"));
    }

    [ToolFact]
    public void Only_a_vendors_attributes_are_modified()
    {
        foreach (string name in (string[])["remove", "mdev_type/create", "pci/config", "../../x", "nothing", "colour/x"])
            Assert.Equal(1, Modify(("note", "x"), (name, "1")).Status);
        Assert.Equal(1, Modify(("colour", "red")).Status);
        Assert.Equal("", Show("note"));
        Assert.Single(_tree.Bus.Instances);
    }

    private Said Modify(params (string Name, string Value)[] attributes)
    {
        string file = Path.Combine(_tree.Root, "device.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["mdev_type"] = "lamp-desk",
            ["start"] = "manual",
            ["attrs"] = attributes.Select(a => new Dictionary<string, string> { [a.Name] = a.Value }),
        }));
        return _tool.Mdevctl("modify", "-u", Uuid, "--live", "--jsonfile", file);
    }

    private void Store(string name, string value) => _tree.Bus.Find(Guid.Parse(Uuid))!.Attributes.Store(name, value);

    private string Show(string name) => _tree.Bus.Find(Guid.Parse(Uuid))!.Attributes.Show(name);
}
