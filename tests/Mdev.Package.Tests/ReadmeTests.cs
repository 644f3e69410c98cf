using System.Diagnostics;
using System.Globalization;
using Mdev.Sdk.Testing;

namespace Mdev.Package.Tests;

/// <summary>What the README shows, done as a user would: from the package, outside of the repository.</summary>
public sealed class ReadmeTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mdev-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void The_smallest_device_builds_from_the_package_and_answers_a_client()
    {
        string feed = InDirectory("feed"), project = InDirectory("Dice");
        Run(Repository.Root, "dotnet", "pack", "src/Mdev.Sdk", "--configuration", "Release", "--output", feed, "--nologo");
        Directory.CreateDirectory(project);
        File.WriteAllText(Path.Combine(project, "Program.cs"), FirstCode("csharp"));
        File.WriteAllText(Path.Combine(project, "Dice.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestorePackagesPath>{InDirectory("packages")}</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Mdev.Sdk" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(project, "nuget.config"), $"""
            <configuration><packageSources><add key="built" value="{feed}" /></packageSources></configuration>
            """);
        Run(project, "dotnet", "build", "--nologo", "--output", InDirectory("out"));

        string socket = InDirectory("dice.sock");
        var start = new ProcessStartInfo(InDirectory("out/Dice"), ["--type", "dice-d20", "--socket-path", socket])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process dice = Process.Start(start)!;
        try
        {
            Assert.EndsWith($" dice-d20 {socket}", dice.StandardOutput.ReadLine(), StringComparison.Ordinal);
            Play(socket);
        }
        finally
        {
            dice.Kill();
            dice.WaitForExit();
        }
    }

    [Fact]
    public void The_readme_shows_the_sample_word_for_word() =>
        Assert.Equal(File.ReadAllText(Repository.PathOf("samples/Dice/Program.cs")), FirstCode("csharp"));

    [Theory]
    [InlineData(250, "as {0} lines", "Mtty")]
    [InlineData(350, "together {0} lines", "Mbochs", "Mdpy")]
    public void The_readme_says_how_long_the_samples_are(int most, string sentence, params string[] samples)
    {
        int lines = samples.SelectMany(s => Directory.GetFiles(Repository.PathOf($"samples/{s}"), "*.cs")).Sum(f => File.ReadAllLines(f).Length);
        Assert.True(lines <= most, $"{string.Join(" and ", samples)} have {lines} lines.");
        Assert.Contains(string.Format(CultureInfo.InvariantCulture, sentence, lines), Readme, StringComparison.Ordinal);
    }

    private static string Readme => File.ReadAllText(Repository.PathOf("README.md"));

    private static void Play(string socket)
    {
        using VfioUserClient client = VfioUserClient.Connect(socket);
        using var irq = new EventFd();
        client.ArmIrqs(1, irq);

        Assert.Equal([20, 0, 0, 0], client.ReadRegion(0, 0x0, 4));
        Assert.Equal([0, 0, 0, 0], client.ReadRegion(0, 0x4, 4));
        client.WriteRegion(0, 0xc, 3, 0, 0, 0);
        Assert.Equal(1ul, irq.Take());
        Assert.InRange(client.ReadRegion(0, 0x4, 4)[0], 1, 20);
        Assert.Equal([3, 0, 0, 0], client.ReadRegion(0, 0x8, 4));
    }

    // The text of the README's first block of a language.
    private static string FirstCode(string language)
    {
        string readme = Readme, mark = $"```{language}\n";
        int start = readme.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private string InDirectory(string name) => Path.Combine(_directory.FullName, name);

    private static void Run(string directory, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
        };

        // A build inside of a test run must neither wait for nor leave behind the build servers of the outer one.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
    }
}
