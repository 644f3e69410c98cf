using System.Diagnostics;
using Mtty;

namespace Mdev.Tree.Tests.Tools;

/// <summary>Many tools at once, and tools that do not finish.</summary>
public sealed class CrowdTests : IDisposable
{
    private const int Crowd = 64;

    private readonly TestTree _tree = new(new MttyParent(_ => null));
    private readonly Tool _tool;

    public CrowdTests() => _tool = new Tool(_tree.Root);

    public void Dispose() => _tree.Dispose();

    [ToolFact]
    public void Sixty_four_tools_at_once_start_as_many_devices_as_there_are()
    {
        var said = new Said[Crowd];
        Thread[] threads = [.. Enumerable.Range(0, Crowd).Select(i => new Thread(() =>
            said[i] = _tool.Mdevctl("start", "-u", Guid.NewGuid().ToString(), "-p", "mtty", "-t", "mtty-1")))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        Assert.Equal(24, said.Count(s => s.Status == 0));
        Assert.Equal(24, _tree.Bus.Instances.Count);
        Assert.Equal(24, _tool.Mdevctl("list").Text.Split('\n').Length - 1);
    }

    [ToolFact]
    public void A_tool_killed_at_any_time_leaves_a_tree_that_works()
    {
        for (int i = 0; i < 12; i++)
        {
            using Process process = _tool.Start("mdevctl", "start", "-p", "mtty", "-t", "mtty-2");
            Thread.Sleep(2 * i);
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        // Each device is there as a whole, or not at all.
        foreach (MdevInstance instance in _tree.Bus.Instances)
            Assert.Equal("", _tool.Mdevctl("stop", "-u", instance.Uuid.ToString()).Text);
        Assert.Contains("Available instances: 24\n", _tool.Mdevctl("types").Text, StringComparison.Ordinal);
    }
}
