using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV209: the register is read and written as one value, lane by lane.</summary>
internal sealed class SplitRegister : IFix
{
    public Proposal? Propose(FixSite site)
    {
        AttributeSyntax? attribute = site.Attribute ?? site.Around<PropertyDeclarationSyntax>().Attribute("Register");
        if (attribute?.ArgumentList is not { Arguments: [.., var last] } list)
            return null;
        const string Whole = "Split = Split.Both";
        var proposal = new Proposal($"Add {Whole}");
        return attribute.Named("Split") is { } some
            ? proposal.Replace(some, Whole)
            : proposal.Insert(site.Tree, last.Span.End, $", {Whole}");
    }
}
