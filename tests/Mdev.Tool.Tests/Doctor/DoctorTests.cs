using Mtty.Tests;

namespace Mdev.Tool.Tests.Doctor;

/// <summary>The doctor as a process.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly Workplace _workplace = new();
    private readonly Ward _ward = new();

    public void Dispose()
    {
        _workplace.Dispose();
        _ward.Dispose();
    }

    [Fact]
    public void A_healthy_machine_is_status_0()
    {
        _ward.InstallQemu("11.1.3");
        _ward.Install("mdevctl", "echo mdevctl 1.4.0");
        _workplace.StartHost();
        _workplace.Succeed("start", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        Ran ran = RunWithPath("doctor");
        Assert.Equal((0, ""), (ran.Status, ran.Error));
        Assert.Contains("ok       1 parent (mtty), 1 active device\n", ran.Output, StringComparison.Ordinal);
        Assert.Contains("is QEMU 11.1.3", ran.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("problem ", ran.Output, StringComparison.Ordinal);
        Assert.Equal(0, RunWithPath("doctor", Workplace.One).Status);
    }

    [Fact]
    public void An_old_qemu_is_status_1_and_another_can_be_named()
    {
        _ward.InstallQemu("7.2.22");
        Ran ran = RunWithPath("doctor");
        Assert.Equal(1, ran.Status);
        Assert.Contains("problem  ", ran.Output, StringComparison.Ordinal);
        _ward.Install("other", "echo 'QEMU emulator version 11.1.3'; echo socket");
        Assert.Equal(0, RunWithPath("doctor", "--qemu", Path.Combine(_ward.Programs, "other")).Status);
    }

    [Fact]
    public void A_device_that_is_not_there_is_a_problem_with_a_remedy()
    {
        _ward.InstallQemu("11.1.3");
        Assert.Contains("neither active nor defined", RunWithPath("doctor", Workplace.One).Output, StringComparison.Ordinal);
        _workplace.Succeed("define", "-p", "mtty", "-t", "mtty-1", "-u", Workplace.One);
        Ran ran = RunWithPath("doctor", Workplace.One);
        Assert.Equal(1, ran.Status);
        Assert.Contains($"dotnet mdev start -u {Workplace.One} -p mtty", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_host_has_left_is_reported_and_removed_on_request()
    {
        _ward.InstallQemu("11.1.3");
        MttyProcess host = _workplace.StartHost();
        host.Signal(Libc.SIGKILL);
        host.WaitForExit();
        string path = Path.Combine(_workplace.Runtime, "mtty.control");
        Assert.Contains($"warning  nobody listens on {path}", RunWithPath("doctor").Output, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
        Assert.Contains($"ok       removed {path}\n", RunWithPath("doctor", "--fix").Output, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    private Ran RunWithPath(params string[] arguments) => _workplace.RunWith(
        new Dictionary<string, string> { ["PATH"] = $"{_ward.Programs}:/usr/bin:/bin" }, arguments);
}
