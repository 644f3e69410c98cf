using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV001: writes <c>partial</c>, which stands right before the keyword of a type and the type of a property.</summary>
internal sealed class MakePartial : IFix
{
    public Proposal? Propose(FixSite site)
    {
        return site.Node switch
        {
            TypeDeclarationSyntax type => At(type.Keyword.SpanStart, type.Identifier.ValueText),

            // An implemented property cannot be the half that waits for generated code.
            PropertyDeclarationSyntax { Initializer: null, AccessorList.Accessors: var accessors } property
                when accessors.All(a => a is { Body: null, ExpressionBody: null }) =>
                At(property.Type.SpanStart, property.Identifier.ValueText),
            _ => null,
        };

        Proposal At(int position, string name) => new Proposal($"Make '{name}' partial").Insert(site.Tree, position, "partial ");
    }
}
