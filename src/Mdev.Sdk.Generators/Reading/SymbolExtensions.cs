using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mdev.Sdk.Generators.Reading;

internal static class SymbolExtensions
{
    /// <summary>The first argument of GeneratedCodeAttribute on all that we emit.</summary>
    public const string Tool = "Mdev.Sdk.Generators";

    private static readonly SymbolDisplayFormat s_qualified = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>As generated code names it, <c>global::</c> in front.</summary>
    public static string Qualified(this ITypeSymbol type) => type.ToDisplayString(s_qualified);

    /// <summary>As a message names it.</summary>
    public static string Shown(this ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>Whether it is the type of that full metadata name, which is not nested.</summary>
    /// <remarks>Allocates nothing: it is asked of every attribute in a program, at every keystroke.</remarks>
    public static bool Is(this ITypeSymbol? type, string metadataName)
    {
        if (type is not INamedTypeSymbol { ContainingType: null } named)
            return false;
        int start = metadataName.LastIndexOf('.') + 1;
        if (!IsAt(metadataName, start, metadataName.Length, named.MetadataName))
            return false;

        INamespaceSymbol? space = named.ContainingNamespace;
        for (int end = start - 1; end > 0; end = start - 1, space = space.ContainingNamespace)
        {
            start = metadataName.LastIndexOf('.', end - 1) + 1;
            if (space is null or { IsGlobalNamespace: true } || !IsAt(metadataName, start, end, space.Name))
                return false;
        }

        return space is null or { IsGlobalNamespace: true };
    }

    public static INamedTypeSymbol? BaseNamed(this INamedTypeSymbol type, string metadataName)
    {
        for (INamedTypeSymbol? at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (at.Is(metadataName))
                return at;
        }

        return null;
    }

    public static AttributeData? Attribute(this ISymbol symbol, string metadataName) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass.Is(metadataName));

    public static IEnumerable<AttributeData> Attributes(this ISymbol symbol, string metadataName) =>
        symbol.GetAttributes().Where(a => a.AttributeClass.Is(metadataName));

    /// <summary>An argument of the constructor; unfinished source may have none.</summary>
    public static T Argument<T>(this AttributeData attribute, int index, T otherwise) =>
        index >= 0 && index < attribute.ConstructorArguments.Length
            && attribute.ConstructorArguments[index] is { Kind: not TypedConstantKind.Array, Value: T value }
            ? value
            : otherwise;

    public static T Named<T>(this AttributeData attribute, string name, T otherwise)
    {
        foreach (KeyValuePair<string, TypedConstant> pair in attribute.NamedArguments)
        {
            if (pair.Key == name && pair.Value is { Kind: not TypedConstantKind.Array, Value: T value })
                return value;
        }

        return otherwise;
    }

    /// <summary>An enum argument, as code names it.</summary>
    public static string NamedEnum(this AttributeData attribute, string name, string otherwise)
    {
        foreach (KeyValuePair<string, TypedConstant> pair in attribute.NamedArguments)
        {
            if (pair.Key == name)
                return EnumText(pair.Value);
        }

        return otherwise;
    }

    /// <summary>An enum constant, as code names it: by its member, or by a cast where it has none.</summary>
    public static string EnumText(this TypedConstant constant)
    {
        if (constant.Type is not INamedTypeSymbol { TypeKind: TypeKind.Enum } type)
            return "default";
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true } field && Equals(field.ConstantValue, constant.Value))
                return $"{type.Qualified()}.{field.Name}";
        }

        return $"({type.Qualified()}){Convert.ToString(constant.Value, CultureInfo.InvariantCulture)}";
    }

    public static bool HasNamed(this AttributeData attribute, string name) =>
        attribute.NamedArguments.Any(pair => pair.Key == name);

    /// <summary>The name as code must spell it: a keyword needs its @.</summary>
    public static string Identifier(this string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>
    /// Whether we emitted it. The generator never sees its own output, the analyzer does, and both must read the same.
    /// </summary>
    public static bool IsOurs(this ISymbol symbol) =>
        symbol.Attribute("System.CodeDom.Compiler.GeneratedCodeAttribute")?.Argument(0, "") == Tool;

    /// <summary>Why nobody can make an instance; null if one can.</summary>
    public static string? WhyNotInstantiable(this INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? at = type; at is not null; at = at.ContainingType)
        {
            if (at.IsGenericType)
                return "generic";
        }

        return type.IsAbstract ? "abstract" : null;
    }

    /// <summary>Whether the user has written a member like that himself.</summary>
    public static bool Declares(this INamedTypeSymbol type, string name, Func<ISymbol, bool>? like = null) =>
        type.GetMembers(name).Any(m => !m.IsImplicitlyDeclared && !m.IsOurs() && (like is null || like(m)));

    private static bool IsAt(string text, int start, int end, string part) =>
        part.Length == end - start && string.CompareOrdinal(text, start, part, 0, part.Length) == 0;
}
