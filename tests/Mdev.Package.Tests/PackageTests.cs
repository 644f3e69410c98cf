using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using Mdev.Sdk.Testing;

namespace Mdev.Package.Tests;

/// <summary>What is in the package, and what its build logic refuses.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mdev-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void The_package_has_the_generator_and_the_code_fixes_and_nothing_they_were_built_with()
    {
        (int code, string output) = Run("pack", Repository.PathOf("src/Mdev.Sdk"), "--configuration", "Release", "--output", _directory.FullName, "--nologo");
        Assert.True(code == 0, output);

        using ZipArchive package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(_directory.FullName, "*.nupkg")));
        Assert.Equal(
            ["analyzers/dotnet/cs/Mdev.Sdk.CodeFixes.dll", "analyzers/dotnet/cs/Mdev.Sdk.Generators.dll"],
            package.Entries.Select(e => e.FullName).Where(n => n.StartsWith("analyzers/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.NotNull(package.GetEntry("buildTransitive/Mdev.Sdk.targets"));
    }

    [Fact]
    public void The_package_of_the_page_needs_the_sdk_and_the_frameworks_web_server()
    {
        (int code, string output) = Run("pack", Repository.PathOf("src/Mdev.Sdk.Web"), "--configuration", "Release", "--output", _directory.FullName, "--nologo");
        Assert.True(code == 0, output);

        using ZipArchive package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(_directory.FullName, "*.nupkg")));
        Assert.NotNull(package.GetEntry("README.md"));
        Assert.NotNull(package.GetEntry("lib/net10.0/Mdev.Sdk.Web.xml"));
        using Stream stream = package.GetEntry("Mdev.Sdk.Web.nuspec")!.Open();
        XElement description = XDocument.Load(stream).Root!;
        Assert.Equal(["Mdev.Sdk", "System.CommandLine"], description.Descendants(description.GetDefaultNamespace() + "dependency").Select(d => d.Attribute("id")!.Value));
        XElement framework = Assert.Single(description.Descendants(description.GetDefaultNamespace() + "frameworkReference"));
        Assert.Equal("Microsoft.AspNetCore.App", framework.Attribute("name")!.Value);
    }

    [Theory]
    [InlineData("<LangVersion>13</LangVersion>", "LangVersion is 13")]
    [InlineData("<LangVersion>7.3</LangVersion>", "LangVersion is 7.3")]
    [InlineData("<NETCoreSdkVersion>9.0.300</NETCoreSdkVersion>", "this is 9.0.300")]
    [InlineData("<RoslynTargetsPath>old</RoslynTargetsPath>", "this is 0.1.0.0")]
    public void MDEVCFG0001_an_older_compiler_or_language_is_named(string property, string why)
    {
        (int code, string output) = Check(property);
        Assert.NotEqual(0, code);
        Assert.Contains("error MDEVCFG0001", output, StringComparison.Ordinal);
        Assert.Contains(why, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<LangVersion>14</LangVersion>")]
    [InlineData("<LangVersion>14.0</LangVersion>")]
    [InlineData("<LangVersion>latest</LangVersion>")]
    [InlineData("<LangVersion>preview</LangVersion>")]
    public void MDEVCFG0001_this_compiler_is_new_enough(string property)
    {
        (int code, string output) = Check(property);
        Assert.True(code == 0, output);
    }

    // Only the check itself: the properties stand behind the SDK's, as a stand-in for a machine that has an older one.
    private (int Code, string Output) Check(string property)
    {
        string old = Path.Combine(_directory.FullName, "old");
        Directory.CreateDirectory(old);
        File.Copy(typeof(VfioUserClient).Assembly.Location, Path.Combine(old, "Microsoft.Build.Tasks.CodeAnalysis.dll"));
        string project = Path.Combine(_directory.FullName, "Vendor.csproj");
        File.WriteAllText(project, $"""
            <Project>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup>{property}</PropertyGroup>
              <Import Project="{Repository.PathOf("src/Mdev.Sdk/buildTransitive/Mdev.Sdk.targets")}" />
            </Project>
            """);
        return Run("msbuild", project, "-t:CheckMdevCompiler", "-nologo");
    }

    private static (int Code, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
