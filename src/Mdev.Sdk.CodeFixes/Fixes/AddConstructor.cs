using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>
/// MDEV007: a constructor that takes the configuration, and calls the one that there is, whose values its author fills in.
/// </summary>
internal sealed class AddConstructor : IFix
{
    public Proposal? Propose(FixSite site)
    {
        if (site.Node is not TypeDeclarationSyntax parent || site.Declared(parent) is not INamedTypeSymbol symbol
            || Arguments(symbol) is not [INamedTypeSymbol device, var config]
            || device.DeclaringSyntaxReferences.Select(r => r.GetSyntax(site.Cancel)).OfType<ClassDeclarationSyntax>()
                .FirstOrDefault(c => c.Members.Count > 0 && c.OpenBraceToken.RawKind != 0) is not { } declaration
            || device.InstanceConstructors.OrderBy(c => c.Parameters.Length).FirstOrDefault() is not { } called
            || called.Parameters is [{ Type: var only }] && SymbolEqualityComparer.Default.Equals(only, config))
        {
            return null;
        }

        string type = config.ToDisplayString(s_format);
        string values = string.Join(", ", called.Parameters.Select(p => $"default({p.Type.ToDisplayString(s_format)}){(p.Type.IsReferenceType ? "!" : "")}"));
        MemberDeclarationSyntax first = declaration.Members[0];
        return new Proposal($"Add a constructor that takes {type} to '{device.Name}'").Insert(
            declaration.SyntaxTree, first.SpanStart, Line.Before(first, $"public {device.Name}({type} config) : this({values}) {{ }}"));
    }

    private static readonly SymbolDisplayFormat s_format = SymbolDisplayFormat.CSharpErrorMessageFormat;

    private static ImmutableArray<ITypeSymbol> Arguments(INamedTypeSymbol parent)
    {
        for (INamedTypeSymbol? at = parent.BaseType; at is not null; at = at.BaseType)
        {
            if (at is { Name: "MdevParent", Arity: 2 } && at.ContainingNamespace.ToDisplayString() == "Mdev.Sdk")
                return at.TypeArguments;
        }

        return [];
    }
}
