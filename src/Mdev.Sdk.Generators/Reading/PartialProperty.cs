using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>A partial property that waits for its implementing part, which must repeat each modifier.</summary>
/// <param name="Modifiers">As declared, <c>public partial</c>.</param>
/// <param name="Type">Its type, fully qualified.</param>
/// <param name="Name">Its name as code spells it.</param>
/// <param name="Getter"><c>readonly get</c>; null without one.</param>
/// <param name="Setter"><c>private set</c> or <c>init</c>; null without one.</param>
internal sealed record PartialProperty(string Modifiers, string Type, string Name, string? Getter, string? Setter)
{
    /// <summary>Whether reading it leaves a struct as it is, and says so.</summary>
    public bool IsReadOnly =>
        Getter?.StartsWith("readonly ", StringComparison.Ordinal) == true || Modifiers.Split(' ').Contains("readonly");

    /// <summary>Null if the property is not partial, or if its author has implemented it.</summary>
    public static PartialProperty? Read(IPropertySymbol property, CancellationToken cancel)
    {
        if (Declaration(property, cancel) is not { AccessorList.Accessors: var accessors } syntax)
            return null;
        if (property.PartialImplementationPart is { } other && !other.IsOurs())
            return null;

        string? getter = null, setter = null;
        foreach (AccessorDeclarationSyntax accessor in accessors)
        {
            string text = string.Concat(accessor.Modifiers.Select(m => m.ValueText + " ")) + accessor.Keyword.ValueText;
            if (accessor.IsKind(SyntaxKind.GetAccessorDeclaration))
                getter = text;
            else
                setter = text;
        }

        string modifiers = string.Join(" ", syntax.Modifiers.Select(m => m.ValueText));
        return new PartialProperty(modifiers, property.Type.Qualified(), property.Name.Identifier(), getter, setter);
    }

    /// <summary>Whether the property is declared partial at all.</summary>
    public static bool IsPartial(IPropertySymbol property, CancellationToken cancel) =>
        Declaration(property, cancel) is not null;

    private static PropertyDeclarationSyntax? Declaration(IPropertySymbol property, CancellationToken cancel)
    {
        foreach (SyntaxReference reference in property.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancel) is PropertyDeclarationSyntax syntax && syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
                return syntax;
        }

        return null;
    }
}
