using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Mdev.Sdk.CodeFixes;

/// <summary>Text for a line of its own in front of a node, indented as the node is.</summary>
internal static class Line
{
    public static string Before(SyntaxNode node, string text)
    {
        SourceText source = node.SyntaxTree.GetText();
        TextLine line = source.Lines.GetLineFromPosition(node.SpanStart);
        string before = source.ToString(TextSpan.FromBounds(line.Start, node.SpanStart));

        // A node in the middle of a line has no indentation to repeat.
        if (before.Trim().Length > 0)
            return text + " ";
        string end = source.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        return text + (end.Length == 0 ? "\n" : end) + before;
    }
}
