using Mdev.Sdk.Testing;

namespace Mdev.Hosting.Tests;

/// <summary>MdevProgram: several parents, names, what tools find of a program.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Several_parents_are_each_ready_and_each_published()
    {
        using HostedProcess pair = Start("Mdev.Devices", "pair", "--manage");
        await Eventually.Async(() => pair.Ready.Length == 2);
        Assert.Equal([$"ready edu0 {_folder["edu0.control"]}", $"ready copier0 {_folder["copier0.control"]}"], pair.Ready);
        Assert.True(File.Exists(_folder["edu0.control"]) && File.Exists(_folder["copier0.control"]));
        pair.Terminate();
        Assert.Empty(_folder.Left());
    }

    [Fact]
    public async Task Without_managing_the_type_says_which_parent()
    {
        using HostedProcess pair = Start("Mdev.Devices", "pair", "--type", "copier-1");
        await Eventually.Async(() => pair.Ready.Length == 1);
        string[] words = pair.Ready[0].Split(' ');
        Assert.Equal("copier-1", words[2]);
        using (VfioUserClient client = VfioUserClient.Connect(words[3]))
            Assert.Equal([0x34, 0x12, 0xb1, 0xc0], client.ReadRegion(7, 0, 4));
        pair.Terminate();
        Assert.Empty(_folder.Left());
    }

    [Fact]
    public void The_types_of_all_parents_are_listed()
    {
        using HostedProcess pair = Start("Mdev.Devices", "pair", "--list-types");
        Assert.Equal(0, pair.WaitForExit());
        Assert.Contains(pair.Output, line => line.StartsWith("edu-", StringComparison.Ordinal));
        Assert.Contains(pair.Output, line => line.StartsWith("copier-1 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_programs_of_one_driver_are_told_apart_by_name()
    {
        using HostedProcess a = Start("Mtty", "--manage", "--name", "mtty-a"), b = Start("Mtty", "--manage", "--name", "mtty-b");
        await Eventually.Async(() => a.Ready.Length == 1 && b.Ready.Length == 1);
        Assert.Equal($"ready mtty-a {_folder["mtty-a.control"]}", a.Ready[0]);
        Assert.Equal($"ready mtty-b {_folder["mtty-b.control"]}", b.Ready[0]);
        a.Terminate();
        b.Terminate();
        Assert.Empty(_folder.Left());
    }

    [Theory]
    [InlineData("Mdev.Devices", "pair", "--name", "x")]
    [InlineData("Mtty", "--name", "a/b")]
    [InlineData("Mtty", "--name", "..")]
    [InlineData("Mtty", "--name", "")]
    public void A_name_that_cannot_be_is_one_line_and_status_2(string program, params string[] arguments)
    {
        using HostedProcess refused = Start(program, arguments);
        Assert.Equal(2, refused.WaitForExit());
        Assert.Contains("--name", Assert.Single(refused.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_instance_of_a_program_is_published_for_tools_to_look_at()
    {
        using HostedProcess mtty = Start("Mtty", "--uuid", RunningHost.Uuid);
        await Eventually.Async(() => mtty.Ready.Length == 1);
        Assert.True(File.Exists(_folder[RunningHost.Uuid + ".control"]));
        mtty.Terminate();
        Assert.Empty(_folder.Left());
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0xaa)]
    public async Task The_next_client_gets_a_pristine_device_if_that_is_asked_for(bool resets, byte found)
    {
        using HostedProcess mtty = Start("Mtty", ["--uuid", RunningHost.Uuid, .. resets ? ["--reset-on-close"] : Array.Empty<string>()]);
        await Eventually.Async(() => mtty.Ready.Length == 1);

        // SCR, the register that only remembers.
        using (VfioUserClient first = VfioUserClient.Connect(_folder[RunningHost.Uuid + ".sock"]))
            first.WriteRegion(0, 7, 0xaa);
        using (VfioUserClient second = VfioUserClient.Connect(_folder[RunningHost.Uuid + ".sock"]))
            Assert.Equal([found], second.ReadRegion(0, 7, 1));
        mtty.Terminate();
    }

    [Fact]
    public async Task What_is_defined_to_start_with_its_parent_does()
    {
        Directory.CreateDirectory(Path.Combine(_folder["definitions"], "mtty"));
        File.WriteAllText(
            Path.Combine(_folder["definitions"], "mtty", RunningHost.Uuid),
            """{ "mdev_type": "mtty-2", "start": "auto", "attrs": [] }""");
        using HostedProcess mtty = Start("Mtty", "--manage");
        await Eventually.Async(() => mtty.Ready.Length == 1);
        using (VfioUserClient client = VfioUserClient.Connect(_folder[RunningHost.Uuid + ".sock"]))
            Assert.Equal(8ul, client.GetRegionInfo(1).Size);
        mtty.Terminate();
        Assert.Empty(_folder.Left());
    }

    private HostedProcess Start(string program, params string[] arguments) => HostedProcess.Start(
        program,
        new Dictionary<string, string> { ["MDEV_RUNTIME_DIR"] = _folder.Path, ["MDEV_CONFIG_DIR"] = _folder["definitions"] },
        arguments);
}
