using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>The attributes that a class has from its base classes.</summary>
internal static class MdevAttributeBase
{
    /// <summary>What generated code of a base class calls the part that a class below may add to.</summary>
    public const string Show = "ShowMdevAttribute";

    /// <summary>The nearest base class with attributes that generated code can join; null without one.</summary>
    public static INamedTypeSymbol? Of(INamedTypeSymbol type, CancellationToken cancel)
    {
        for (INamedTypeSymbol? at = type.BaseType; at is not null; at = at.BaseType)
        {
            // The generator does not see what it is about to emit; of another assembly there is nothing but what was emitted.
            bool joins = SymbolEqualityComparer.Default.Equals(at.ContainingAssembly, type.ContainingAssembly)
                ? MdevAttributeMember.Of(at).Any() && TypeShell.IsJoinable(at.OriginalDefinition, cancel) && !MdevAttributeReader.AuthorImplements(at)
                : at.GetMembers(Show).Any(m => m is IMethodSymbol { IsVirtual: true } or IMethodSymbol { IsOverride: true });
            if (joins)
                return at;
        }

        return null;
    }

    /// <summary>The members with attributes of all base classes, the first of them first.</summary>
    public static IEnumerable<(ISymbol Member, AttributeData Attribute)> MembersOf(INamedTypeSymbol type)
    {
        var bases = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? at = type.BaseType; at is not null; at = at.BaseType)
            bases.Push(at);
        return bases.SelectMany(MdevAttributeMember.Of);
    }
}
