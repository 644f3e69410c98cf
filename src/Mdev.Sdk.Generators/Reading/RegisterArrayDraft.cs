using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>A register array while its block is being read.</summary>
internal sealed class RegisterArrayDraft(
    IPropertySymbol symbol, AttributeData attribute, ITypeSymbol element, RegisterArrayModel model)
{
    public IPropertySymbol Symbol { get; } = symbol;

    public AttributeData Attribute { get; } = attribute;

    /// <summary>Type of one register.</summary>
    public ITypeSymbol Element { get; } = element;

    /// <summary>The enum that names the registers; null for numbers.</summary>
    public ITypeSymbol? Index { get; init; }

    public RegisterArrayModel Model { get; set; } = model;
}
