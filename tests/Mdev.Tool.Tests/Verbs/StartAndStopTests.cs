using Mdev.Sdk.Testing;
using Mtty.Tests;

namespace Mdev.Tool.Tests.Verbs;

/// <summary><c>start</c> and <c>stop</c>.</summary>
public sealed class StartAndStopTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void A_transient_device_can_be_attached_and_is_gone_when_it_stops()
    {
        _workplace.StartHost();
        string uuid = _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-2").Trim();
        using (VfioUserClient client = VfioUserClient.Connect(_workplace.SocketOf(uuid)))
            Assert.Equal(8ul, client.GetRegionInfo(1).Size);
        _workplace.Succeed("stop", "-u", uuid);
        Assert.Equal("", _workplace.Succeed("list"));
        Assert.False(File.Exists(_workplace.SocketOf(uuid)));
    }

    [Fact]
    public void A_definition_is_started_by_its_uuid_and_survives_the_host()
    {
        MttyProcess first = _workplace.StartHost();
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        _workplace.Succeed("start", "-u", Workplace.One);
        first.Signal(Libc.SIGKILL);
        first.WaitForExit();
        _workplace.StartHost();
        Assert.Equal("", _workplace.Succeed("list"));
        _workplace.Succeed("start", "-u", Workplace.One, "-t", "mtty-1");
        Assert.Equal($"{Workplace.One} mtty mtty-1 manual (defined)\n", _workplace.Succeed("list"));
    }

    [Fact]
    public void A_file_says_type_and_attributes()
    {
        _workplace.StartHost();
        File.WriteAllText(_workplace["j"], """{"mdev_type":"mtty-2","start":"manual"}""");
        string uuid = _workplace.Succeed("start", "-p", "mtty", "--jsonfile", _workplace["j"]).Trim();
        Assert.Equal($"{uuid} mtty mtty-2 manual\n", _workplace.Succeed("list"));
    }

    [Fact]
    public void A_device_whose_attribute_is_refused_is_not_there()
    {
        _workplace.StartHost();
        File.WriteAllText(_workplace["j"], """{"mdev_type":"mtty-2","start":"manual","attrs":[{"no/such":"1"}]}""");
        string line = _workplace.Refuse(1, "start", "-p", "mtty", "-u", Workplace.One, "--jsonfile", _workplace["j"]);
        Assert.Contains("ENOENT", line, StringComparison.Ordinal);
        Assert.Contains("no/such", line, StringComparison.Ordinal);
        Assert.Equal("", _workplace.Succeed("list"));
        Assert.Contains("Available instances: 24", _workplace.Succeed("types"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_uuid_under_two_parents_needs_a_parent_and_one_of_them_runs()
    {
        _workplace.StartHost();
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        _workplace.Succeed("define", "-p", "other", "-t", "other-1", "-u", Workplace.One);
        Assert.Contains("mtty and other", _workplace.Refuse(1, "start", "-u", Workplace.One), StringComparison.Ordinal);
        _workplace.Succeed("start", "-u", Workplace.One, "-p", "mtty");
        Assert.Contains("EEXIST", _workplace.Refuse(1, "start", "-u", Workplace.One, "-p", "other"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_host_refuses_has_its_errno_and_sentence()
    {
        _workplace.StartHost();
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        Assert.Contains("not a mtty-2", _workplace.Refuse(1, "start", "-u", Workplace.One, "-t", "mtty-2"), StringComparison.Ordinal);
        for (int i = 0; i < 12; i++)
            _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-2");
        Assert.Matches("dotnet-mdev: ENOSPC: .*mtty-1", _workplace.Refuse(1, "start", "-u", Workplace.One));
        Assert.Contains("ENODEV", _workplace.Refuse(1, "start", "-p", "nope", "-t", "mtty-1"), StringComparison.Ordinal);
        Assert.Contains("ENOENT", _workplace.Refuse(1, "start", "-p", "mtty", "-t", "nope"), StringComparison.Ordinal);
        Assert.Contains("ENODEV", _workplace.Refuse(1, "stop", "-u", Workplace.Two), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_tools_start_devices_at_once_and_no_more_than_there_are()
    {
        _workplace.StartHost();
        int started = 0;
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            if (_workplace.Run("start", "-p", "mtty", "-t", "mtty-2").Status == 0)
                Interlocked.Increment(ref started);
        });
        Assert.Equal(12, started);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("start", "-t", "mtty-1")]
    [InlineData("start", "-p", "mtty", "-t", "mtty-1", "--jsonfile", "j")]
    [InlineData("start", "-u", Workplace.One, "--jsonfile", "j")]
    [InlineData("start", "-u", "xyz")]
    [InlineData("start", "-u", "")]
    [InlineData("start", "-u")]
    [InlineData("stop")]
    [InlineData("stop", "-u", Workplace.One, "--deadline", "-1")]
    [InlineData("stop", "-u", Workplace.One, "--deadline", "soon")]
    [InlineData("stop", "-u", Workplace.One, "--force", "--deadline", "1")]
    [InlineData("stop", "-u", Workplace.One, "--force", "--wait")]
    [InlineData("define")]
    [InlineData("define", "-t", "mtty-1")]
    [InlineData("define", "--jsonfile", "j")]
    [InlineData("define", "-p", "mtty", "-t", "mtty-2", "--jsonfile", "j")]
    [InlineData("define", "-p", "mtty", "-a", "--jsonfile", "j")]
    [InlineData("undefine")]
    [InlineData("modify")]
    [InlineData("modify", "--addattr", "x", "--value", "3")]
    [InlineData("modify", "-u", Workplace.One)]
    [InlineData("modify", "-u", Workplace.One, "-a", "-m")]
    [InlineData("modify", "-u", Workplace.One, "--addattr", "q")]
    [InlineData("modify", "-u", Workplace.One, "--value", "3")]
    [InlineData("modify", "-u", Workplace.One, "--index", "3")]
    [InlineData("modify", "-u", Workplace.One, "--delattr", "--addattr", "q", "--value", "3")]
    [InlineData("modify", "-u", Workplace.One, "--addattr", "q", "--value", "3", "--addattr", "r", "--value", "3", "--index", "0")]
    [InlineData("modify", "-u", Workplace.One, "--addattr", "q", "--value", "3", "--index", "first")]
    [InlineData("modify", "-u", Workplace.One, "--jsonfile", "j", "-a")]
    [InlineData("modify", "-u", Workplace.One, "--live", "-a")]
    [InlineData("modify", "-u", Workplace.One, "--live", "--defined", "-a")]
    [InlineData("list", "--nope")]
    [InlineData("list", "-u", "xyz")]
    [InlineData("types", "extra")]
    [InlineData("nope")]
    [InlineData("@file")]
    [InlineData("qemu")]
    [InlineData("qemu", "xyz")]
    [InlineData("libvirt")]
    [InlineData("cloud-hypervisor", Workplace.One, Workplace.Two)]
    [InlineData("completion")]
    [InlineData("completion", "tcsh")]
    [InlineData("doctor", "xyz")]
    public void Wrong_usage_is_one_line_and_status_2(params string[] arguments) =>
        Assert.Matches(@"^dotnet-mdev: .*\(see dotnet mdev[ a-z-]* --help\)$", _workplace.Refuse(2, arguments));

    [Theory]
    [InlineData("--help")]
    [InlineData("types", "--help")]
    [InlineData("list", "-h")]
    [InlineData("define", "--help")]
    [InlineData("undefine", "--help")]
    [InlineData("modify", "--help")]
    [InlineData("start", "--help")]
    [InlineData("stop", "--help")]
    [InlineData("events", "--help")]
    [InlineData("qemu", "--help")]
    [InlineData("libvirt", "--help")]
    [InlineData("cloud-hypervisor", "--help")]
    [InlineData("doctor", "--help")]
    [InlineData("completion", "--help")]
    public void Help_has_examples(params string[] arguments)
    {
        string help = _workplace.Succeed(arguments);
        Assert.Contains("dotnet-mdev", help, StringComparison.Ordinal);
        if (arguments.Length == 2)
            Assert.Contains($"  dotnet mdev {arguments[0]}", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_verb_the_help_is_printed_and_the_status_is_2()
    {
        Ran ran = _workplace.Run();
        Assert.Equal((2, ""), (ran.Status, ran.Error));
        Assert.Contains("Commands:", ran.Output, StringComparison.Ordinal);
    }
}
