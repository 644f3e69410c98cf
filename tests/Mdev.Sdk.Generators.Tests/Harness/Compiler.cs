using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mdev.Sdk.Generators.Tests.Harness;

/// <summary>Compiles what a vendor writes, as the SDK would: C# 14, nullable, implicit usings.</summary>
internal static class Compiler
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading.Tasks;
        global using Mdev.Sdk;
        global using Mdev.Sdk.Device;
        global using Mdev.Sdk.Dma;
        global using Mdev.Sdk.Interrupts;
        global using Mdev.Sdk.Pci;
        global using Mdev.Sdk.Registers;
        """;

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal)
                || name is "netstandard.dll" or "mscorlib.dll" or "Mdev.Sdk.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpParseOptions Parse { get; } =
        new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    public static CSharpCompilation Create(params string[] sources) => CSharpCompilation.Create(
        "Vendor",
        [Tree(Usings, "Usings.cs"), .. sources.Select((source, i) => Tree(source, $"Vendor{i}.cs"))],
        s_references,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            checkOverflow: true,
            allowUnsafe: true,
            specificDiagnosticOptions: [new("CS1591", ReportDiagnostic.Suppress), new("MDEV115", ReportDiagnostic.Warn)]));

    public static SyntaxTree Tree(string source, string path) => CSharpSyntaxTree.ParseText(source, Parse, path);

    /// <summary>A driver that remembers why each step ran.</summary>
    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new MdevGenerator().AsSourceGenerator()],
        parseOptions: Parse,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The compilation with what the generator adds to it.</summary>
    public static Compilation Generate(Compilation compilation, out GeneratorDriverRunResult result)
    {
        GeneratorDriver driver = Driver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        result = driver.GetRunResult();
        Assert.All(result.Results, r => Assert.Null(r.Exception));
        Assert.Empty(result.Diagnostics);
        return output;
    }

    /// <summary>Fails with the whole text of what should not be there.</summary>
    public static void AssertNone(IEnumerable<Diagnostic> diagnostics)
    {
        string text = string.Join("\n", diagnostics);
        Assert.True(text.Length == 0, text);
    }
}
