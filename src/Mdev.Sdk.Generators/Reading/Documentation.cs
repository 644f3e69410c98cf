using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>
/// Reads what authors say in a <c>summary</c>, as one line of plain text. From the source: a project that generates no documentation file
/// has its <c>///</c> parsed as comments, and its symbols know nothing of them.
/// </summary>
internal static class Documentation
{
    private const string Start = "<summary>", End = "</summary>";

    /// <summary>Empty without one.</summary>
    public static string SummaryOf(ISymbol symbol, CancellationToken cancel)
    {
        foreach (SyntaxReference part in symbol.DeclaringSyntaxReferences)
        {
            if (SummaryIn(CommentOf(part.GetSyntax(cancel))) is { Length: > 0 } summary)
                return summary;
        }

        return symbol.DeclaringSyntaxReferences.IsEmpty ? SummaryIn(symbol.GetDocumentationCommentXml(cancellationToken: cancel) ?? "") : "";
    }

    /// <summary>The summary in the text of a documentation comment, without its markup.</summary>
    public static string SummaryIn(string comment)
    {
        // The last one: what stands above it belongs to no declaration.
        int start = comment.LastIndexOf(Start, StringComparison.Ordinal);
        if (start < 0)
            return "";
        start += Start.Length;
        int end = comment.IndexOf(End, start, StringComparison.Ordinal);
        return end < 0 ? "" : PlainText(comment.Substring(start, end - start));
    }

    private static string CommentOf(SyntaxNode node)
    {
        if (!node.HasLeadingTrivia)
            return "";
        var text = new StringBuilder();
        foreach (SyntaxTrivia trivia in node.GetLeadingTrivia())
        {
            if (trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia
                or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia)
            {
                foreach (string line in trivia.ToFullString().Split('\n'))
                    text.Append(Content(line)).Append('\n');
            }
        }

        return text.ToString();
    }

    // A line without what makes it a documentation comment; nothing of any other comment.
    private static string Content(string line)
    {
        string trimmed = line.Trim();
        if (trimmed.StartsWith("///", StringComparison.Ordinal))
            return trimmed.StartsWith("////", StringComparison.Ordinal) ? "" : trimmed.Substring(3);
        if (trimmed.StartsWith("//", StringComparison.Ordinal))
            return "";
        if (trimmed.StartsWith("/**", StringComparison.Ordinal))
            trimmed = trimmed.Substring(3);
        if (trimmed.EndsWith("*/", StringComparison.Ordinal))
            trimmed = trimmed.Substring(0, trimmed.Length - 2);
        return trimmed.TrimStart('*');
    }

    private static string PlainText(string markup)
    {
        var text = new StringBuilder();
        for (int i = 0; i < markup.Length; i++)
        {
            int end;
            if (markup[i] == '<' && (end = markup.IndexOf('>', i)) > 0)
            {
                text.Append(Reference(markup.Substring(i, end - i + 1)));
                i = end;
            }
            else if (markup[i] == '&' && (end = markup.IndexOf(';', i)) > 0 && Entity(markup.Substring(i + 1, end - i - 1)) is { } character)
            {
                text.Append(character);
                i = end;
            }
            else
            {
                text.Append(char.IsControl(markup[i]) || markup[i] is '\u2028' or '\u2029' ? ' ' : markup[i]);
            }
        }

        return string.Join(" ", text.ToString().Split([' '], StringSplitOptions.RemoveEmptyEntries));
    }

    // What an empty element refers to, by its short name; other markup only parts words.
    private static string Reference(string tag)
    {
        if (!tag.EndsWith("/>", StringComparison.Ordinal))
            return tag.TrimStart('<', '/').StartsWith("para", StringComparison.Ordinal) ? " " : "";
        int open = tag.IndexOf('"'), close = open < 0 ? -1 : tag.IndexOf('"', open + 1);
        if (close < 0)
            return " ";
        string name = tag.Substring(open + 1, close - open - 1);
        int end = name.IndexOfAny(['(', '{']);
        name = end < 0 ? name : name.Substring(0, end);
        return name.Substring(name.LastIndexOf('.') + 1);
    }

    private static string? Entity(string name)
    {
        bool hex = name.StartsWith("#x", StringComparison.OrdinalIgnoreCase);
        return name switch
        {
            "lt" => "<",
            "gt" => ">",
            "amp" => "&",
            "quot" => "\"",
            "apos" => "'",
            _ when name.StartsWith("#", StringComparison.Ordinal)
                && ushort.TryParse(
                    name.Substring(hex ? 2 : 1), hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ushort code)
                && !char.IsSurrogate((char)code) => char.IsControl((char)code) ? " " : ((char)code).ToString(),
            _ => null,
        };
    }
}
