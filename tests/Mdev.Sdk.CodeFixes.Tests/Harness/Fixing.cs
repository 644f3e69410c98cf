using System.Collections.Immutable;
using Mdev.Sdk.Generators.Diagnostics;
using Mdev.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Mdev.Sdk.CodeFixes.Tests.Harness;

/// <summary>Applies a fix as an editor does: the analyzer reports, the provider offers, the solution changes.</summary>
internal static class Fixing
{
    /// <summary>Fixes the first mistake of the rule; the source it leaves must build and not have the mistake.</summary>
    public static async Task Expect(string id, string before, string after)
    {
        using var workspace = new AdhocWorkspace();
        Document document = Open(workspace, before);
        IReadOnlyList<Diagnostic> found = await Found(document, id);
        Assert.NotEmpty(found);
        CodeAction action = Assert.Single(await Offered(document, found[0]));
        Assert.Equal(after, await Text(await Changed(action), document.Id));
        await AssertCured(id, after);
    }

    /// <summary>Asserts that the mistake is reported, and nothing is offered for it.</summary>
    public static async Task ExpectNone(string id, string before)
    {
        using var workspace = new AdhocWorkspace();
        Document document = Open(workspace, before);
        IReadOnlyList<Diagnostic> found = await Found(document, id);
        Assert.NotEmpty(found);
        foreach (Diagnostic diagnostic in found)
            Assert.Empty(await Offered(document, diagnostic));
    }

    /// <summary>Fixes all mistakes of the rule in the file at once.</summary>
    public static async Task ExpectAll(string id, string before, string after)
    {
        using var workspace = new AdhocWorkspace();
        Document document = Open(workspace, before);
        var provider = new MdevCodeFixProvider();
        var context = new FixAllContext(
            document, provider, FixAllScope.Document, id, [id], new Reported(await Found(document, id)), CancellationToken.None);
        CodeAction? action = await provider.GetFixAllProvider().GetFixAsync(context);
        Assert.Equal(after, await Text(await Changed(action!), document.Id));
        await AssertCured(id, after);
    }

    private static Document Open(AdhocWorkspace workspace, string source)
    {
        CSharpCompilation compilation = Compiler.Create(source);
        Project project = workspace.AddProject("Vendor", LanguageNames.CSharp)
            .WithParseOptions(Compiler.Parse)
            .WithCompilationOptions(compilation.Options)
            .WithMetadataReferences(compilation.References);
        project = project.AddDocument("Usings.cs", compilation.SyntaxTrees[0].GetText()).Project;
        return project.AddDocument("Vendor.cs", SourceText.From(source), filePath: "Vendor.cs");
    }

    private static async Task<IReadOnlyList<Diagnostic>> Found(Document document, string id)
    {
        Compilation compilation = Compiler.Generate((await document.Project.GetCompilationAsync())!, out _);
        IEnumerable<Diagnostic> found = await compilation.WithAnalyzers([new MdevAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return [.. found.Where(d => d.Id == id).OrderBy(d => d.Location.SourceSpan)];
    }

    private static async Task<IReadOnlyList<CodeAction>> Offered(Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        var context = new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None);
        await new MdevCodeFixProvider().RegisterCodeFixesAsync(context);
        return actions;
    }

    private static async Task<Solution> Changed(CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    private static async Task<string> Text(Solution solution, DocumentId id) =>
        (await solution.GetDocument(id)!.GetTextAsync()).ToString();

    private static async Task AssertCured(string id, string after)
    {
        using var workspace = new AdhocWorkspace();
        Document document = Open(workspace, after);
        Compilation compilation = Compiler.Generate((await document.Project.GetCompilationAsync())!, out _);
        Compiler.AssertNone(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        Compiler.AssertNone(await Found(document, id));
    }
}
