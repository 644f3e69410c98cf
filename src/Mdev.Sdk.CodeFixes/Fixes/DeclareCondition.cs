using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV210: the bool property that a condition names and the block does not have.</summary>
internal sealed class DeclareCondition : IFix
{
    public Proposal? Propose(FixSite site)
    {
        if (site.Said(1) is not { } name || !SyntaxFacts.IsValidIdentifier(name)
            || site.Attribute?.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { Parent: TypeDeclarationSyntax type } member
            || site.Declared(type) is not INamedTypeSymbol symbol || symbol.GetMembers(name).Any())
        {
            return null;
        }

        return new Proposal($"Declare the property '{name}'").Insert(site.Tree, member.SpanStart, Line.Before(member, $"private bool {name} {{ get; set; }}"));
    }
}
