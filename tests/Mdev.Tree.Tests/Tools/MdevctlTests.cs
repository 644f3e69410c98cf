using Mdev.Tree.Tests.Parents;
using Mtty;

namespace Mdev.Tree.Tests.Tools;

/// <summary>mdevctl, unmodified, on a tree: what it says word for word, and what comes of it.</summary>
public sealed class MdevctlTests : IDisposable
{
    private const string First = "83b8f4f2-509f-382f-3c1e-e6bfe0fa1001", Second = "83b8f4f2-509f-382f-3c1e-e6bfe0fa1002",
        Third = "83b8f4f2-509f-382f-3c1e-e6bfe0fa1003";

    private readonly TestTree _tree = new(new MttyParent(_ => null), new LampParent());
    private readonly Tool _tool;

    public MdevctlTests() => _tool = new Tool(_tree.Root);

    public void Dispose() => _tree.Dispose();

    [ToolFact]
    public void Types_are_listed_by_parent()
    {
        Assert.Equal("""
            lamp
              lamp-desk
                Available instances: 2
                Device API: vfio-pci
                Name: Desk lamp
                Description: a lamp with attributes
            mtty
              mtty-1
                Available instances: 24
                Device API: vfio-pci
                Name: Single port serial
              mtty-2
                Available instances: 12
                Device API: vfio-pci
                Name: Dual port serial

            """, _tool.Mdevctl("types").Text);
        Assert.Equal("""
            [
              {
                "lamp": [
                  {
                    "lamp-desk": {
                      "available_instances": 2,
                      "device_api": "vfio-pci",
                      "name": "Desk lamp",
                      "description": "a lamp with attributes"
                    }
                  }
                ]
              }
            ]
            """, _tool.Mdevctl("types", "--dumpjson", "-p", "lamp").Text);
    }

    [ToolFact]
    public void A_device_is_started_listed_and_stopped()
    {
        Assert.Equal("", _tool.Mdevctl("list").Text);
        Assert.Equal("[]", _tool.Mdevctl("list", "--dumpjson").Text);
        Assert.Equal("", _tool.Mdevctl("start", "-u", First, "-p", "mtty", "-t", "mtty-2").Text);
        Assert.Equal("mtty-2", _tree.Bus.Find(Guid.Parse(First))!.Type.Id);
        Assert.Equal($"{First} mtty mtty-2 manual\n", _tool.Mdevctl("list").Text);
        Assert.Contains("Available instances: 11\n", _tool.Mdevctl("types").Text, StringComparison.Ordinal);
        Assert.Equal($$"""
            [
              {
                "mtty": [
                  {
                    "{{First}}": {
                      "mdev_type": "mtty-2",
                      "start": "manual",
                      "attrs": []
                    }
                  }
                ]
              }
            ]
            """, _tool.Mdevctl("list", "--dumpjson").Text);
        Assert.Equal("", _tool.Mdevctl("stop", "-u", First).Text);
        Assert.Equal("", _tool.Mdevctl("list").Text);
        Assert.Empty(_tree.Bus.Instances);
    }

    [ToolFact]
    public void Without_a_UUID_it_makes_one()
    {
        string uuid = _tool.Mdevctl("start", "-p", "mtty", "-t", "mtty-1").Text.TrimEnd('\n');
        Assert.NotNull(_tree.Bus.Find(Guid.Parse(uuid)));
    }

    [ToolFact]
    public void A_UUID_is_taken_only_once()
    {
        _tree.Bus.Create(_tree.Bus.FindType("mtty-1"), Guid.Parse(First));
        Said again = _tool.Mdevctl("start", "-u", First, "-p", "lamp", "-t", "lamp-desk");
        Assert.Equal(1, again.Status);
        Assert.Equal("Error: Device exists under different parent\n", again.Error);
        Assert.Equal("mtty", Assert.Single(_tree.Bus.Instances).Type.Parent.Name);
    }

    [ToolFact]
    public void No_more_are_started_than_there_are()
    {
        _tool.Mdevctl("start", "-u", First, "-p", "lamp", "-t", "lamp-desk");
        _tool.Mdevctl("start", "-u", Second, "-p", "lamp", "-t", "lamp-desk");
        Said third = _tool.Mdevctl("start", "-u", Third, "-p", "lamp", "-t", "lamp-desk");
        Assert.Equal(1, third.Status);
        Assert.Equal("Error: No available instances of lamp-desk on lamp\n", third.Error);
        Assert.Equal(2, _tree.Bus.Instances.Count);
    }

    [ToolFact]
    public void A_definition_is_kept_modified_started_and_forgotten()
    {
        Assert.Equal("", _tool.Mdevctl("define", "-a", "-u", First, "-p", "lamp", "-t", "lamp-desk").Text);
        Add("current", "1");
        Add("brightness", "70");
        Add("note", "two words");
        Assert.Equal($"{First} lamp lamp-desk auto\n", _tool.Mdevctl("list", "-d").Text);
        Assert.Equal($$"""
            {{First}} lamp lamp-desk auto
              Attrs:
                @{0}: {"current":"1"}
                @{1}: {"brightness":"70"}
                @{2}: {"note":"two words"}

            """, _tool.Mdevctl("list", "-d", "-v").Text);
        Assert.Equal("", _tool.Mdevctl("modify", "-u", First, "--delattr", "--index", "2").Text);

        Assert.Equal("", _tool.Mdevctl("start", "-u", First).Text);
        Assert.Equal("70", Show("brightness"));
        Assert.Equal("", Show("note"));
        Assert.Equal($"{First} lamp lamp-desk auto (active)\n", _tool.Mdevctl("list", "-d").Text);
        Assert.Equal($"{First} lamp lamp-desk auto (defined)\n", _tool.Mdevctl("list").Text);

        Assert.Equal("", _tool.Mdevctl("undefine", "-u", First).Text);
        Assert.Equal("", _tool.Mdevctl("list", "-d").Text);
        Assert.Equal($"{First} lamp lamp-desk manual\n", _tool.Mdevctl("list").Text);
    }

    [ToolFact]
    public void A_device_that_refuses_an_attribute_at_its_start_is_gone_again()
    {
        _tool.Mdevctl("define", "-u", First, "-p", "lamp", "-t", "lamp-desk");
        Add("brightness", "70");
        Add("current", "1");
        Said start = _tool.Mdevctl("start", "-u", First);
        Assert.Equal(1, start.Status);
        Assert.Contains("No such device", start.Error, StringComparison.Ordinal);
        Assert.Empty(_tree.Bus.Instances);
    }

    [ToolFact]
    public void What_is_to_start_by_itself_does_when_its_parent_is_there()
    {
        _tool.Mdevctl("define", "-a", "-u", First, "-p", "mtty", "-t", "mtty-1");
        _tool.Mdevctl("define", "-u", Second, "-p", "mtty", "-t", "mtty-1");
        _tool.Mdevctl("define", "-a", "-u", Third, "-p", "lamp", "-t", "lamp-desk");
        Assert.Equal("", _tool.Mdevctl("start-parent-mdevs", "mtty").Text);
        Assert.Equal(First, Assert.Single(_tree.Bus.Instances).Uuid.ToString());
    }

    private void Add(string name, string value) =>
        Assert.Equal("", _tool.Mdevctl("modify", "-u", First, "--addattr", name, "--value", value).Text);

    private string Show(string name) => _tree.Bus.Find(Guid.Parse(First))!.Attributes.Show(name);
}
