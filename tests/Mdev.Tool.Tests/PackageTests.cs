using System.Diagnostics;

namespace Mdev.Tool.Tests;

/// <summary>The package: it installs as a .NET tool and runs without anything beside it.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mdev-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void It_installs_into_a_folder_of_its_own_and_runs()
    {
        Dotnet("pack", Repository.PathOf("src/Mdev.Tool"), "--configuration", "Release", "--output", _folder.FullName, "--nologo");
        string package = Assert.Single(Directory.GetFiles(_folder.FullName, "Mdev.Tool.*.nupkg"));
        string version = Path.GetFileNameWithoutExtension(package)["Mdev.Tool.".Length..];
        string tools = Path.Combine(_folder.FullName, "tools");
        Dotnet("tool", "install", "Mdev.Tool", "--version", version, "--tool-path", tools, "--add-source", _folder.FullName, "--ignore-failed-sources");

        var start = new ProcessStartInfo(Path.Combine(tools, "dotnet-mdev"), ["list", "--dumpjson"]);
        start.Environment["MDEV_RUNTIME_DIR"] = start.Environment["MDEV_CONFIG_DIR"] = Path.Combine(_folder.FullName, "none");
        using (RunningProcess tool = new(start))
            Assert.Equal(new Ran(0, "[]", ""), tool.WaitForExit());

        // As "dotnet mdev", which is how people type it.
        start = new ProcessStartInfo("dotnet", ["mdev", "completion", "fish"]);
        start.Environment["PATH"] = $"{tools}:{Environment.GetEnvironmentVariable("PATH")}";
        using RunningProcess asCommand = new(start);
        Assert.Contains("dotnet-mdev complete", asCommand.WaitForExit().Output, StringComparison.Ordinal);
    }

    private void Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        // Not what an earlier run has left under the same version.
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_folder.FullName, "packages");
        if (arguments[0] == "pack")
            start.Environment.Remove("NUGET_PACKAGES");
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {output}{error.Result}");
    }
}
