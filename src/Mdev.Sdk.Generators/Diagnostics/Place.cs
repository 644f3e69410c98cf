using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>Where a mistake is. Resolved to a location only when it is reported: the generator never asks.</summary>
internal readonly struct Place
{
    private readonly ISymbol? _symbol;
    private readonly AttributeData? _attribute;
    private readonly string? _argument;
    private readonly int? _element;

    private Place(ISymbol? symbol, AttributeData? attribute, string? argument, int? element = null) =>
        (_symbol, _attribute, _argument, _element) = (symbol, attribute, argument, element);

    public static implicit operator Place(AttributeData attribute) => new(null, attribute, null);

    /// <summary>The name of <paramref name="symbol"/> where it is declared.</summary>
    public static Place Of(ISymbol symbol) => new(symbol, null, null);

    /// <summary>One argument of an attribute, by the name of the parameter or property; the whole attribute without it.</summary>
    public static Place Of(AttributeData attribute, string argument) => new(null, attribute, argument);

    /// <summary>One element of an attribute's argument that is a list.</summary>
    public static Place Of(AttributeData attribute, string argument, int element) => new(null, attribute, argument, element);

    public Location Resolve(CancellationToken cancel)
    {
        if (_symbol is not null)
            return _symbol.Locations.FirstOrDefault(static l => l.IsInSource) ?? Location.None;
        if (_attribute?.ApplicationSyntaxReference?.GetSyntax(cancel) is not AttributeSyntax syntax)
            return Location.None;
        return (Element(Argument(syntax)) ?? syntax as SyntaxNode).GetLocation();
    }

    // The argument itself where nothing of it is asked for, or where its elements are written elsewhere.
    private SyntaxNode? Element(AttributeArgumentSyntax? argument) => (argument?.Expression, _element) switch
    {
        (CollectionExpressionSyntax { Elements: var elements }, { } index) when index < elements.Count => elements[index],
        (ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: var values }, { } index) when index < values.Count => values[index],
        (ArrayCreationExpressionSyntax { Initializer.Expressions: var values }, { } index) when index < values.Count => values[index],
        _ => argument,
    };

    private AttributeArgumentSyntax? Argument(AttributeSyntax syntax)
    {
        if (_argument is null || syntax.ArgumentList is not { } list)
            return null;
        foreach (AttributeArgumentSyntax argument in list.Arguments)
        {
            string? name = argument.NameEquals?.Name.Identifier.ValueText ?? argument.NameColon?.Name.Identifier.ValueText;
            if (name == _argument)
                return argument;
        }

        string wanted = _argument;
        int index = _attribute?.AttributeConstructor?.Parameters.FirstOrDefault(p => p.Name == wanted)?.Ordinal ?? -1;
        return index >= 0 && index < list.Arguments.Count && list.Arguments[index].NameEquals is null
            ? list.Arguments[index]
            : null;
    }
}
