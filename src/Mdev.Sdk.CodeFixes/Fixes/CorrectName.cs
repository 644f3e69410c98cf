using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV701: the name without what it cannot have, or in a group where the kernel has one of that name.</summary>
internal sealed class CorrectName : IFix
{
    public Proposal? Propose(FixSite site)
    {
        if (site.Said(2) is not { Length: > 0 } name || site.Attribute is not { } attribute)
            return null;
        var proposal = new Proposal($"Name it \"{name}\"");
        string literal = $"\"{name}\"";
        return attribute switch
        {
            _ when attribute.Argument(0, "name") is { } argument => proposal.Replace(argument.Expression, literal),
            { ArgumentList.Arguments: [var first, ..] } => proposal.Insert(site.Tree, first.SpanStart, literal + ", "),
            { ArgumentList: { } empty } => proposal.Replace(empty, $"({literal})"),
            _ => proposal.Insert(site.Tree, attribute.Name.Span.End, $"({literal})"),
        };
    }
}
