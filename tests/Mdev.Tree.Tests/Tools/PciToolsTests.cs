using System.Text.RegularExpressions;
using Mdev.Devices;
using Mtty;

namespace Mdev.Tree.Tests.Tools;

/// <summary>lspci and setpci, unmodified, on a tree.</summary>
public sealed partial class PciToolsTests : IDisposable
{
    private const string Address = "10000:00:00.0", Second = "10000:00:01.0", Third = "10000:00:02.0";

    private readonly TestTree _tree = new(new MttyParent(_ => null), new ExerciserParent());
    private readonly Tool _tool;

    public PciToolsTests()
    {
        _tool = new Tool(_tree.Root);
        _tree.Create("mtty-2");
        _tree.Create("exerciser-1");
    }

    public void Dispose() => _tree.Dispose();

    [ToolFact]
    public void Devices_are_listed_with_what_they_say_they_are()
    {
        string[] lines = _tool.Lspci("-nn", "-D").Text.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{Address} Serial controller [0700]: ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(" [4348:3253] (rev 10)", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{Second} Serial controller [0700]: ", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(" [9710:9900]", lines[1], StringComparison.Ordinal);
        Assert.Equal(lines[1] + "\n", _tool.Lspci("-nn", "-D", "-s", Second).Text);
        Assert.Equal(lines[0] + "\n", _tool.Lspci("-nn", "-D", "-d", "4348:3253").Text);
    }

    [ToolFact]
    public void Regions_are_shown_where_the_guest_has_put_them()
    {
        Assert.Equal("", _tool.Setpci("-s", Address, "BASE_ADDRESS_0=c000", "BASE_ADDRESS_1=c008", "COMMAND=1").Text);
        string text = _tool.Lspci("-v", "-s", Address).Text;
        Assert.Contains("I/O ports at c000 [size=8]\n", text, StringComparison.Ordinal);
        Assert.Contains("I/O ports at c008 [size=8]\n", text, StringComparison.Ordinal);
    }

    [ToolFact]
    public void Capabilities_are_decoded()
    {
        string text = _tool.Lspci("-vvv", "-s", Second).Text;
        foreach (string capability in (string[])[
            "Power Management version 3", "Express (v2) Endpoint", "MSI-X: Enable- Count=4 Masked-", "Vendor Specific Information",
            "Device Serial Number", "Speed 8GT/s, Width x4"])
        {
            Assert.Contains(capability, text, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("!!!", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<access denied>", text, StringComparison.Ordinal);
    }

    [ToolFact]
    public void Config_space_is_dumped_as_it_is()
    {
        Assert.Equal(Config(Address, 256), Dump(_tool.Lspci("-xxx", "-s", Address).Text));
        Assert.Equal(Config(Second, 4096), Dump(_tool.Lspci("-xxxx", "-s", Second).Text));
    }

    [ToolFact]
    public void Registers_are_read_and_written()
    {
        Assert.Equal("4348\n3253\n10\n", _tool.Setpci("-s", Address, "VENDOR_ID", "DEVICE_ID", "REVISION").Text);
        Assert.Equal("0001\n", _tool.Setpci("-s", Address, "COMMAND").Text);
        Assert.Equal("", _tool.Setpci("-s", Address, "COMMAND=0:1").Text);
        Assert.Equal("0000\n", _tool.Setpci("-s", Address, "COMMAND").Text);

        // As a guest sizes it: of the address only what the size leaves stays.
        Assert.Equal("", _tool.Setpci("-s", Second, "BASE_ADDRESS_1=ffffffff").Text);
        uint mask = Convert.ToUInt32(_tool.Setpci("-s", Second, "BASE_ADDRESS_1").Text.Trim(), 16);
        Assert.Equal(ResourceLength(Second, 1), ~(mask & ~0xfu) + 1);
        Assert.Equal("", _tool.Setpci("-s", Second, "VENDOR_ID=1234").Text);
        Assert.Equal("9710\n", _tool.Setpci("-s", Second, "VENDOR_ID").Text);
        Assert.Equal("3\n", Convert.ToInt32(_tool.Setpci("-s", Second, "CAP_PM+2.b").Text.Trim(), 16) % 8 + "\n");
    }

    [ToolFact]
    public void A_device_that_is_gone_is_not_listed()
    {
        _tree.Bus.Remove(_tree.Bus.Instances.Single(i => i.Device is MttyDevice).Uuid);
        Assert.Equal([Second], Addresses());
        _tree.Create("mtty-1");
        Assert.Equal([Second, Third], Addresses());
    }

    private string[] Addresses() => [.. _tool.Lspci("-D").Text.TrimEnd('\n').Split('\n').Select(line => line.Split(' ')[0])];

    private byte[] Config(string address, int length) => Sys.ReadBytes(_tree.Sysfs($"bus/pci/devices/{address}/config"), 0, length);

    private uint ResourceLength(string address, int bar) =>
        (uint)new FileInfo(_tree.Sysfs($"bus/pci/devices/{address}/resource{bar}")).Length;

    // Lines of "1f0: 00 11 22 ...".
    private static byte[] Dump(string text) =>
        [.. DumpLine().Matches(text).SelectMany(line => Convert.FromHexString(line.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal)))];

    [GeneratedRegex("^[0-9a-f]{2,3}:((?: [0-9a-f]{2}){16})$", RegexOptions.Multiline)]
    private static partial Regex DumpLine();
}
