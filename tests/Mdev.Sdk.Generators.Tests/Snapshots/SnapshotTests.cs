using Mdev.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mdev.Sdk.Generators.Tests.Snapshots;

/// <summary>
/// The printed code, as reviewed: a folder holds what a vendor writes (input.cs) and what becomes of it. With
/// MDEV_UPDATE_SNAPSHOTS=1 the tests rewrite it, and the change is to be read before it is committed.
/// </summary>
public sealed class SnapshotTests
{
    public static TheoryData<string> Names => [.. Directory.GetDirectories(Here()).Select(d => Path.GetFileName(d)).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_code_is_the_reviewed_one(string name)
    {
        Generate(name, out GeneratorDriverRunResult result);
        Dictionary<string, string> files = result.Results[0].GeneratedSources.ToDictionary(
            s => s.HintName.Replace(".g.cs", ".verified.cs", StringComparison.Ordinal), s => Scrubbed(s.SourceText.ToString()));

        string folder = Path.Combine(Here(), name);
        if (Environment.GetEnvironmentVariable("MDEV_UPDATE_SNAPSHOTS") == "1")
        {
            foreach (string old in Directory.GetFiles(folder, "*.verified.cs"))
                File.Delete(old);
            foreach ((string file, string text) in files)
                File.WriteAllText(Path.Combine(folder, file), text);
        }

        Assert.Equal(
            Directory.GetFiles(folder, "*.verified.cs").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal),
            files.Keys.Order(StringComparer.Ordinal));
        Assert.All(files, f => Assert.Equal(File.ReadAllText(Path.Combine(folder, f.Key)), f.Value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_code_compiles_without_a_warning(string name)
    {
        Compilation compilation = Generate(name, out _);
        Compiler.AssertNone(compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));

        // Documentation is the vendor's to ask for: where he does, generated code must not be what lacks it.
        compilation = compilation.WithOptions(((CSharpCompilationOptions)compilation.Options).WithSpecificDiagnosticOptions([]));
        Compiler.AssertNone(compilation.GetDiagnostics().Where(d =>
            d.Severity >= DiagnosticSeverity.Warning && d.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true));
    }

    private static Compilation Generate(string name, out GeneratorDriverRunResult result) =>
        Compiler.Generate(Compiler.Create(File.ReadAllText(Path.Combine(Here(), name, "input.cs"))), out result);

    private static string Scrubbed(string text) =>
        text.Replace($"\"{typeof(MdevGenerator).Assembly.GetName().Version!.ToString(3)}\"", "\"VERSION\"", StringComparison.Ordinal);

    private static string Here() => Repository.PathOf("tests/Mdev.Sdk.Generators.Tests/Snapshots");
}
