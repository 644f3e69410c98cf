using System.Text.Json;
using System.Xml.Linq;

namespace Mdev.Tool.Tests.Verbs;

/// <summary>Paths with characters that shells, JSON and XML read for themselves.</summary>
public sealed class QuotingTests
{
    [Fact]
    public void Are_quoted_in_every_language()
    {
        using var workplace = new Workplace(Directory.CreateDirectory($"/tmp/m'\"&<,$ é{Environment.ProcessId}").FullName);
        workplace.StartHost();
        workplace.Succeed("start", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        string socket = workplace.SocketOf(Workplace.One);

        string[] words = workplace.Shell($"eval \"printf '%s\\n' $(\"$1\" qemu {Workplace.One})\"").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(socket, JsonDocument.Parse(words[^1]).RootElement.GetProperty("socket").GetProperty("path").GetString());

        var domain = XElement.Parse(workplace.Run("libvirt", Workplace.One).Output);
        string last = (string)domain.Descendants().Last().Attribute("value")!;
        Assert.Equal(socket, JsonDocument.Parse(last).RootElement.GetProperty("socket").GetProperty("path").GetString());

        words = workplace.Shell($"eval \"printf '%s\\n' $(\"$1\" cloud-hypervisor {Workplace.One})\"").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"socket=\"{socket}\"", words[^1]);
    }
}
