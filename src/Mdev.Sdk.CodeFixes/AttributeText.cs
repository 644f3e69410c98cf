using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes;

/// <summary>Finds attributes and their arguments as written.</summary>
internal static class AttributeText
{
    /// <summary>The attribute of that name, without its ending; aliases are nobody's habit here.</summary>
    public static AttributeSyntax? Attribute(this MemberDeclarationSyntax? member, string name) =>
        member?.AttributeLists.SelectMany(l => l.Attributes).FirstOrDefault(a => a.Is(name));

    public static bool Is(this AttributeSyntax attribute, string name)
    {
        string written = attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return written == name || written == name + "Attribute";
    }

    /// <summary>An argument by position.</summary>
    public static AttributeArgumentSyntax? Argument(this AttributeSyntax? attribute, int index, string parameter)
    {
        if (attribute?.ArgumentList is not { Arguments: var arguments })
            return null;
        return arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == parameter)
            ?? (index < arguments.Count && arguments[index] is { NameEquals: null, NameColon: null } found ? found : null);
    }

    /// <summary>A property that the attribute sets.</summary>
    public static AttributeArgumentSyntax? Named(this AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == name);

    /// <summary>The attribute of a symbol by its type's name, where only the compiler knows its values.</summary>
    public static AttributeData? Data(this ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == name + "Attribute"
            && a.AttributeClass.ContainingNamespace.ToDisplayString() == "Mdev.Sdk");
}
