using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Mdev.Sdk.Generators.Tests.Harness;

/// <summary>Runs the analyzer on marked source, with the generator's output beside it as in a real build.</summary>
internal static class Diagnose
{
    /// <summary>
    /// Asserts that exactly the marked diagnostics are reported, at the marked places, and that the compiler has no error to
    /// add, nor a warning of generated code: whoever makes a mistake sees that mistake and not what follows from it.
    /// </summary>
    /// <returns>The diagnostics, for a look at their texts.</returns>
    public static async Task<IReadOnlyList<Diagnostic>> Expect(string marked)
    {
        MarkedSource source = MarkedSource.Parse(marked);
        Compilation compilation = Compiler.Generate(Compiler.Create(source.Text), out _);
        Compiler.AssertNone(compilation.GetDiagnostics().Where(IsUnwanted));

        IReadOnlyList<Diagnostic> found = [.. (await Run(compilation)).Where(d => !IsHint(d) || marked.Contains(d.Id, StringComparison.Ordinal))];
        List<string> places = [];
        foreach (Diagnostic diagnostic in found)
        {
            places.Add(Describe(diagnostic.Id, diagnostic.Location));
            places.AddRange(diagnostic.AdditionalLocations.Select(l => Describe("+" + diagnostic.Id, l)));
        }

        Assert.Equal(source.Expected.Order(StringComparer.Ordinal), places.Distinct().Order(StringComparer.Ordinal));
        return found;
    }

    public static async Task<IReadOnlyList<Diagnostic>> Run(Compilation compilation) =>
        [.. await compilation.WithAnalyzers([new MdevAnalyzer()]).GetAnalyzerDiagnosticsAsync()];

    /// <summary>Whether a build says nothing of it unless somebody wants it: it is not in every test's way.</summary>
    public static bool IsHint(Diagnostic diagnostic) =>
        diagnostic.Severity == DiagnosticSeverity.Info || !diagnostic.Descriptor.IsEnabledByDefault;

    private static bool IsUnwanted(Diagnostic diagnostic) =>
        diagnostic.Severity == DiagnosticSeverity.Error
        || (diagnostic.Severity == DiagnosticSeverity.Warning
            && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);

    private static string Describe(string id, Location location)
    {
        if (!location.IsInSource)
            return $"{id} nowhere";
        string text = location.SourceTree.ToString();
        return MarkedSource.Describe(id, text, location.SourceSpan.Start, location.SourceSpan.End);
    }
}
