using System.Text.Json;
using System.Xml.Linq;

namespace Mdev.Tool.Tests.Verbs;

/// <summary>What is printed to be pasted.</summary>
public sealed class SnippetTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public SnippetTests()
    {
        _workplace.StartHost();
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-2", "-u", Workplace.Two);
    }

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void Qemu() => Assert.Equal(
        $$$"""
        -machine q35,memory-backend=mem -m 512M \
        -object memory-backend-memfd,id=mem,size=512M,share=on \
        -device pcie-root-port,id=mdev-83b8f4f2-1,slot=1 \
        -device '{"driver":"vfio-user-pci","socket":{"type":"unix","path":"{{{_workplace.SocketOf(Workplace.One)}}}"},"bus":"mdev-83b8f4f2-1"}'

        """,
        _workplace.Succeed("qemu", Workplace.One));

    [Fact]
    public void Two_devices_have_ports_and_slots_of_their_own()
    {
        string[] one = _workplace.Succeed("qemu", Workplace.One).Split('\n'), two = _workplace.Succeed("qemu", Workplace.Two).Split('\n');
        Assert.Equal(one[..2], two[..2]);
        Assert.Contains("slot=2", two[2], StringComparison.Ordinal);
        Assert.NotEqual(one[2], two[2]);
        Assert.NotEqual(one[3], two[3]);
    }

    // The shell's words are what a person's shell makes of the lines.
    [Fact]
    public void A_shell_reads_it_as_it_is_meant()
    {
        Ran ran = _workplace.Shell($"eval \"printf '%s\\n' $(\"$1\" qemu {Workplace.One})\"");
        string[] words = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(10, words.Length);
        using JsonDocument device = JsonDocument.Parse(words[^1]);
        Assert.Equal(_workplace.SocketOf(Workplace.One), device.RootElement.GetProperty("socket").GetProperty("path").GetString());
    }

    [Fact]
    public void Libvirt()
    {
        Ran ran = _workplace.Run("libvirt", Workplace.Two);
        Assert.Equal(0, ran.Status);
        Assert.Contains("libvirt-qemu", Assert.Single(ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        var domain = XElement.Parse(ran.Output);
        Assert.Equal("shared", (string?)domain.Element("memoryBacking")!.Element("access")!.Attribute("mode"));
        Assert.Equal("memfd", (string?)domain.Element("memoryBacking")!.Element("source")!.Attribute("type"));
        XNamespace qemu = "http://libvirt.org/schemas/domain/qemu/1.0";
        string[] arguments = [.. domain.Element(qemu + "commandline")!.Elements(qemu + "arg").Select(a => (string)a.Attribute("value")!)];
        Assert.Equal(["-device", "-device"], [arguments[0], arguments[2]]);
        using JsonDocument port = JsonDocument.Parse(arguments[1]), device = JsonDocument.Parse(arguments[3]);
        Assert.Equal(port.RootElement.GetProperty("id").GetString(), device.RootElement.GetProperty("bus").GetString());
        Assert.Equal(_workplace.SocketOf(Workplace.Two), device.RootElement.GetProperty("socket").GetProperty("path").GetString());
    }

    [Fact]
    public void Cloud_hypervisor() => Assert.Equal(
        $"--memory size=512M,shared=on --user-device socket={_workplace.SocketOf(Workplace.One)}\n",
        _workplace.Succeed("cloud-hypervisor", Workplace.One));

    [Theory]
    [InlineData("qemu")]
    [InlineData("libvirt")]
    [InlineData("cloud-hypervisor")]
    public void A_device_that_is_not_active_has_no_socket_to_print(string verb) => Assert.Contains(
        "dotnet mdev start -u 83b8f4f2-509f-382f-3c1e-000000000009",
        _workplace.Refuse(1, verb, "83b8f4f2-509f-382f-3c1e-000000000009"), StringComparison.Ordinal);
}
