using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>A register while its block is being read: the model, and where its parts are declared.</summary>
internal sealed class RegisterDraft(ISymbol symbol, AttributeData attribute, RegisterModel model)
{
    public ISymbol Symbol { get; } = symbol;

    public AttributeData Attribute { get; } = attribute;

    public RegisterModel Model { get; set; } = model;
}
