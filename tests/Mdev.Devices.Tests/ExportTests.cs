using System.Diagnostics;
using System.Reflection;

namespace Mdev.Devices.Tests;

/// <summary>The register map as a driver's author gets it; MDEV_UPDATE_SNAPSHOTS=1 rewrites the golden files.</summary>
public sealed class ExportTests
{
    [Theory]
    [InlineData("markdown", "edu.md")]
    [InlineData("c-header", "edu.h")]
    [InlineData("svd", "edu.svd")]
    [InlineData("rdl", "edu.rdl")]
    public void The_educational_devices_map_is_the_reviewed_one(string format, string file)
    {
        string program = typeof(ExportTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Devices").Value!;
        using Process process = Process.Start(new ProcessStartInfo(program, ["edu", "--export", format]) { RedirectStandardOutput = true })!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);

        string path = Repository.PathOf($"tests/Mdev.Devices.Tests/Golden/{file}");
        if (Environment.GetEnvironmentVariable("MDEV_UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
    }
}
