using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>A property or method as an attribute: what of it is read and written.</summary>
internal static class MdevAttributeMember
{
    /// <summary>The members with the attribute that a class itself declares, in source order.</summary>
    public static IEnumerable<(ISymbol Member, AttributeData Attribute)> Of(INamedTypeSymbol type)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IPropertySymbol or IMethodSymbol && member.Attribute(AttributeNames.MdevAttribute) is { } attribute)
                yield return (member, attribute);
        }
    }

    /// <summary>The type of what it reads or takes.</summary>
    public static ITypeSymbol ValueOf(ISymbol member) => member switch
    {
        IPropertySymbol property => property.Type,
        IMethodSymbol { ReturnsVoid: true, Parameters: [var value, ..] } => value.Type,
        _ => ((IMethodSymbol)member).ReturnType,
    };

    public static bool IsReadable(ISymbol member) => member is IPropertySymbol { GetMethod: not null } or IMethodSymbol { ReturnsVoid: false };

    public static bool IsWritable(ISymbol member) =>
        member is IPropertySymbol { SetMethod: { IsInitOnly: false } } or IMethodSymbol { ReturnsVoid: true };

    /// <summary>What keeps it from being one, whatever its type; null if nothing does.</summary>
    public static string? WhatIsWrong(ISymbol member) => member switch
    {
        IPropertySymbol { IsIndexer: true } => "an indexer has no value of its own; use a property or method",
        { IsImplicitlyDeclared: false } when IsExplicit(member) => "it implements an interface explicitly, and code cannot name it; use a member of the class itself",
        IPropertySymbol property when property.RefKind != RefKind.None => "it returns a reference; return the value",
        IPropertySymbol property when !IsReadable(property) && !IsWritable(property) => "it can be neither read nor written afterwards; give it a getter or a setter",
        IPropertySymbol => null,
        IMethodSymbol { MethodKind: not MethodKind.Ordinary } => "it is an accessor or operator; use the property, or a method",
        IMethodSymbol { IsGenericMethod: true } => "it is generic; an attribute's value is of one type",
        IMethodSymbol { ReturnsVoid: true, IsAsync: true } => "it returns before its work has ended, so nobody could be told of a failure; do the work at once, or post it",
        IMethodSymbol { ReturnsVoid: false, Parameters: [], RefKind: RefKind.None } or IMethodSymbol { ReturnsVoid: true, Parameters: [{ RefKind: RefKind.None }] } => null,
        _ => "a method is 'T M()' to be read, or 'void M(T value)' to be written",
    };

    private static bool IsExplicit(ISymbol member) => member switch
    {
        IPropertySymbol property => !property.ExplicitInterfaceImplementations.IsEmpty,
        IMethodSymbol method => !method.ExplicitInterfaceImplementations.IsEmpty,
        _ => false,
    };
}
