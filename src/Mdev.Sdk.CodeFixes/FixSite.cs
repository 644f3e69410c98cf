using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes;

/// <summary>A reported mistake and the code around it.</summary>
internal sealed class FixSite(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancel)
{
    public SyntaxTree Tree => root.SyntaxTree;

    public SemanticModel Model => model;

    public CancellationToken Cancel => cancel;

    /// <summary>The innermost node at the place of the mistake.</summary>
    public SyntaxNode Node { get; } = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>The attribute at, in or around the place; null for a mistake that is shown elsewhere.</summary>
    public AttributeSyntax? Attribute => Around<AttributeSyntax>();

    public static async Task<FixSite?> Of(Document document, Diagnostic diagnostic, CancellationToken cancel)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancel).ConfigureAwait(false);
        return root is null || model is null || !root.FullSpan.Contains(diagnostic.Location.SourceSpan)
            ? null
            : new FixSite(diagnostic, root, model, cancel);
    }

    public T? Around<T>() where T : SyntaxNode => Node.FirstAncestorOrSelf<T>();

    /// <summary>What the message says at <c>{index}</c>; null if it has no such place.</summary>
    public string? Said(int index) =>
        diagnostic.Properties.TryGetValue(index.ToString(System.Globalization.CultureInfo.InvariantCulture), out string? text) ? text : null;

    /// <summary>The declared member or type around the mistake.</summary>
    public ISymbol? Declared(SyntaxNode declaration) => model.GetDeclaredSymbol(declaration, cancel);
}
