using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads a property with <c>[Register]</c>.</summary>
internal static class StoredRegisterReader
{
    public static void Read(BlockDraft block, IPropertySymbol property, AttributeData attribute, int order)
    {
        Mistakes mistakes = block.Mistakes;
        if (PartialProperty.Read(property, block.Cancel) is { } partial)
            block.Properties.Add(partial);
        else if (!PartialProperty.IsPartial(property, block.Cancel))
            mistakes.Add(TypeRules.NotPartial, Place.Of(property), property.Name);

        if (WhatIsWrong(property) is { } wrong)
        {
            mistakes.Add(RegisterRules.BadType, Place.Of(property), property.Name, wrong);
            return;
        }

        RegisterType? type = RegisterType.Read(property.Type);
        if (type is null)
        {
            // A type that does not exist is the compiler's to report.
            if (property.Type.TypeKind != TypeKind.Error)
                mistakes.Add(RegisterRules.BadType, Place.Of(property), property.Name, $"is of type '{property.Type.Shown()}'");
            return;
        }

        ulong mask = attribute.Named("Mask", ulong.MaxValue);
        if (mask != ulong.MaxValue && (mask & ~type.Ones) != 0)
        {
            mistakes.Add(RegisterRules.MaskTooWide, Place.Of(attribute, "Mask"), Hex(mask), property.Name, Text(type.Bits), Hex(type.Ones));
        }

        ulong reset = attribute.Named("Reset", 0ul);
        if ((reset & ~type.Ones) != 0)
        {
            mistakes.Add(
                RegisterRules.ResetTooWide, Place.Of(attribute, "Reset"), Hex(reset), property.Name, Text(type.Bits), Hex(reset & type.Ones));
        }

        var model = new RegisterModel(
            property.Name,
            attribute.Argument(0, 0u),
            type,
            ConditionReader.Read(block, attribute),
            order,
            property.InDispatch(),
            mask & type.Ones,
            reset & type.Ones,
            OnRead: null,
            OnWrite: null);
        block.Registers.Add(new RegisterDraft(property, attribute, model));
    }

    private static string? WhatIsWrong(IPropertySymbol property) => property switch
    {
        { IsStatic: true } => "is static",
        { IsIndexer: true } => "is an indexer",
        { RefKind: not RefKind.None } => "returns a reference",
        { GetMethod: null } => "has no getter",
        { SetMethod: null } => "has no setter",
        { SetMethod.IsInitOnly: true } => "can only be set at creation",
        _ => null,
    };

    private static string Hex(ulong value) => value.ToString("x", System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
