using System.Diagnostics;

namespace Mdev.Package.Tests;

/// <summary>The one command that prints the figures; what they are is not a test's business.</summary>
public sealed class BenchTests
{
    [Fact]
    public void One_run_prints_every_figure_beside_its_floor()
    {
        using Process bench = Process.Start(
            new ProcessStartInfo(Repository.PathOf("bench/run"), ["--quick"]) { RedirectStandardOutput = true })!;
        string output = bench.StandardOutput.ReadToEnd();
        bench.WaitForExit();
        Assert.True(bench.ExitCode == 0, output);

        foreach (string what in (string[])["8 byte-wide registers, through the interface", "64 registers of 32 bits, through the interface"])
            Assert.Matches($@"{what} .* ns by hand +\d+\.\d\d ", output);
        Assert.Matches(@"register reads, writes, posted writes, per message +0 B ", output);
        foreach (string access in (string[])["read, 4 bytes", "read, 1 byte", "write, 4 bytes", "write, 1 byte"])
        {
            foreach (string sitting in (string[])["same core", "separate cores"])
                Assert.Matches($@"{access}, {sitting} .* us floor +\d+\.\d\d ", output);
        }
    }
}
