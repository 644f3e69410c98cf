using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Finds the constructor by which a parent makes its devices.</summary>
internal static class DeviceConstructor
{
    /// <summary>The longest one that the parent can call with its configuration and itself.</summary>
    public static EquatableArray<string> Find(INamedTypeSymbol parent, ITypeSymbol device, ITypeSymbol config, Mistakes mistakes)
    {
        if (device is not INamedTypeSymbol named || device.TypeKind == TypeKind.Error)
            return default;
        if (named.IsAbstract)
        {
            mistakes.Add(TypeRules.GenericOrAbstract, Place.Of(parent), named.Name, "abstract");
            return default;
        }

        EquatableArray<string>? best = null;
        foreach (IMethodSymbol constructor in named.InstanceConstructors)
        {
            if (IsAccessible(constructor, parent) && Arguments(constructor, parent, config) is { } arguments
                && (best is null || arguments.Count > best.Value.Count))
            {
                best = arguments;
            }
        }

        if (best is null)
            mistakes.Add(TypeRules.NoConstructor, Place.Of(parent), named.Name, config.Shown(), parent.Name);
        return best ?? default;
    }

    private static bool IsAccessible(IMethodSymbol constructor, INamedTypeSymbol parent) => constructor.DeclaredAccessibility switch
    {
        Accessibility.Public => true,
        Accessibility.Internal or Accessibility.ProtectedOrInternal =>
            SymbolEqualityComparer.Default.Equals(constructor.ContainingAssembly, parent.ContainingAssembly)
            || constructor.ContainingAssembly.GivesAccessTo(parent.ContainingAssembly),
        _ => false,
    };

    private static EquatableArray<string>? Arguments(IMethodSymbol constructor, INamedTypeSymbol parent, ITypeSymbol config)
    {
        var arguments = new List<string>();
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            if (parameter.RefKind is not (RefKind.None or RefKind.In))
                return null;
            if (IsSameOrBase(parameter.Type, config))
                arguments.Add("config");
            else if (IsSameOrBase(parameter.Type, parent))
                arguments.Add("this");
            else
                return null;
        }

        return arguments.ToEquatableArray();
    }

    // object is the base of everything, so that it tells nothing about what the constructor wants.
    private static bool IsSameOrBase(ITypeSymbol wanted, ITypeSymbol given)
    {
        for (ITypeSymbol? at = given; at is { SpecialType: not SpecialType.System_Object }; at = at.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(at, wanted))
                return true;
        }

        return false;
    }
}
