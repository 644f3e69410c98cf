using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Mdev.Sdk.CodeFixes;

/// <summary>Corrects every mistake of one rule in a file at once.</summary>
internal static class FixAll
{
    public static FixAllProvider Provider { get; } = FixAllProvider.Create(Fix);

    private static async Task<Document?> Fix(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        var changes = new List<TextChange>();
        foreach (Diagnostic diagnostic in diagnostics.Where(d => d.Id == context.CodeActionEquivalenceKey))
        {
            if (await FixSite.Of(document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } site
                || AllFixes.ById[diagnostic.Id].Propose(site) is not { } proposal)
            {
                continue;
            }

            // What collides with an earlier correction is left for the next run, which sees what the earlier one did.
            List<TextChange> own = [.. proposal.Of(site.Tree)];
            if (!own.Any(mine => changes.Any(other => mine.Span.IntersectsWith(other.Span))))
                changes.AddRange(own);
        }

        SourceText text = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes.OrderBy(c => c.Span)));
    }
}
