using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Mdev.Sdk.CodeFixes;

/// <summary>
/// A correction as changes of text: what they do not touch keeps its author's layout, and there is nothing to format.
/// </summary>
internal sealed class Proposal(string title)
{
    private readonly List<(SyntaxTree Tree, TextChange Change)> _changes = [];

    /// <summary>What the editor's menu shows.</summary>
    public string Title { get; } = title;

    public Proposal Replace(SyntaxNode node, string text) => Replace(node.SyntaxTree, node.Span, text);

    public Proposal Replace(SyntaxTree tree, TextSpan span, string text)
    {
        _changes.Add((tree, new TextChange(span, text)));
        return this;
    }

    public Proposal Insert(SyntaxTree tree, int position, string text) => Replace(tree, new TextSpan(position, 0), text);

    /// <summary>The changes of one file.</summary>
    public IEnumerable<TextChange> Of(SyntaxTree tree) => _changes.Where(c => c.Tree == tree).Select(c => c.Change);

    public async Task<Solution> Apply(Solution solution, CancellationToken cancel)
    {
        foreach (var file in _changes.GroupBy(c => c.Tree))
        {
            // A generated file has no document, and is nobody's to correct.
            if (solution.GetDocument(file.Key) is not { } document)
                continue;
            SourceText text = await document.GetTextAsync(cancel).ConfigureAwait(false);
            solution = solution.WithDocumentText(document.Id, text.WithChanges(file.Select(c => c.Change).OrderBy(c => c.Span)));
        }

        return solution;
    }
}
