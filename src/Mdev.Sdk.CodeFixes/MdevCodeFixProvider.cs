using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Mdev.Sdk.CodeFixes;

/// <summary>Offers the corrections of <see cref="AllFixes"/> to the editor.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MdevCodeFixProvider)), Shared]
public sealed class MdevCodeFixProvider : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. AllFixes.ById.Keys.OrderBy(id => id, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAll.Provider;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await FixSite.Of(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } site
                || AllFixes.ById[diagnostic.Id].Propose(site) is not { } proposal)
            {
                continue;
            }

            // The id is the key: fixing all means all of one rule.
            context.RegisterCodeFix(
                CodeAction.Create(proposal.Title, cancel => proposal.Apply(context.Document.Project.Solution, cancel), diagnostic.Id),
                diagnostic);
        }
    }
}
