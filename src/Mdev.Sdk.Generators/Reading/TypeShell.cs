using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>What must be opened again around emitted members: namespace, containing types, the type itself.</summary>
/// <param name="Namespace">Empty for the global one.</param>
/// <param name="Containers">Headers of the containing types, outermost first.</param>
/// <param name="Header">The type's own: <c>partial class Uart</c>.</param>
/// <param name="Name">The type's name, without type parameters.</param>
/// <param name="Constructed">The name as the type itself uses it, with its type parameters.</param>
/// <param name="FileName">Unique in the compilation; without an ending.</param>
internal sealed record TypeShell(
    string Namespace, EquatableArray<string> Containers, string Header, string Name, string Constructed, string FileName)
{
    /// <summary>Null if the type, or one around it, is not partial: then there is nothing that emitted code could join.</summary>
    public static TypeShell? Read(INamedTypeSymbol type, Mistakes mistakes, CancellationToken cancel)
    {
        var containers = new List<string>();
        bool partial = true;
        for (INamedTypeSymbol? at = type; at is not null; at = at.ContainingType)
        {
            if (!IsPartial(at, cancel))
            {
                mistakes.Add(TypeRules.NotPartial, Place.Of(at), at.Shown());
                partial = false;
            }

            if (!ReferenceEquals(at, type))
                containers.Insert(0, HeaderOf(at));
        }

        if (!partial)
            return null;

        string space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString();
        return new TypeShell(
            space, containers.ToEquatableArray(), HeaderOf(type), type.Name, WithParameters(type), FileNameOf(type, space));
    }

    /// <summary>Whether emitted code can join the type: it and all around it are partial.</summary>
    public static bool IsJoinable(INamedTypeSymbol type, CancellationToken cancel)
    {
        for (INamedTypeSymbol? at = type; at is not null; at = at.ContainingType)
        {
            if (!IsPartial(at, cancel))
                return false;
        }

        return true;
    }

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancel) =>
        type.DeclaringSyntaxReferences.Any(r =>
            r.GetSyntax(cancel) is TypeDeclarationSyntax syntax && syntax.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static string HeaderOf(INamedTypeSymbol type)
    {
        string kind = type switch
        {
            { TypeKind: TypeKind.Interface } => "interface",
            { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
            { TypeKind: TypeKind.Struct } => "struct",
            { IsRecord: true } => "record",
            _ => "class",
        };
        return $"partial {kind} {WithParameters(type)}";
    }

    private static string WithParameters(INamedTypeSymbol type) => type.TypeParameters.IsEmpty
        ? type.Name.Identifier()
        : $"{type.Name.Identifier()}<{string.Join(", ", type.TypeParameters.Select(p => p.Name.Identifier()))}>";

    private static string FileNameOf(INamedTypeSymbol type, string space)
    {
        string name = type.MetadataName;
        for (INamedTypeSymbol? at = type.ContainingType; at is not null; at = at.ContainingType)
            name = $"{at.MetadataName}+{name}";

        // Neither + nor - can be in a name, so that no two types get one file.
        return (space.Length == 0 ? name : $"{space}.{name}").Replace('`', '-');
    }
}
