using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV602: the attribute that the member's type asks for.</summary>
internal sealed class SaySaved : IFix
{
    public Proposal? Propose(FixSite site)
    {
        if (site.Said(1) is not { } attribute || site.Around<MemberDeclarationSyntax>() is not { } member)
            return null;

        // What documentation and comments stand before the declaration stays before the attribute.
        SyntaxToken first = member.AttributeLists.Count > 0 ? member.AttributeLists[0].GetFirstToken() : member.GetFirstToken();
        return new Proposal($"Add {attribute}").Insert(site.Tree, first.SpanStart, attribute + " ");
    }
}
