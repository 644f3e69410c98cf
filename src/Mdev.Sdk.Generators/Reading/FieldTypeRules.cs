using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>What the type of a field must be for its number of bits.</summary>
internal static class FieldTypeRules
{
    public static void Check(IPropertySymbol property, int bits, Mistakes mistakes)
    {
        string has = bits == 1 ? "1 bit" : $"{Text(bits)} bits";
        ITypeSymbol type = property.Type;
        if (property is { GetMethod: null } || property.IsStatic)
        {
            mistakes.Add(
                FieldRules.WrongType, Place.Of(property), property.Name, property.IsStatic ? "no struct to be in" : "no getter", "a field is an instance property with a getter");
        }
        else if (type.SpecialType == SpecialType.System_Boolean)
        {
            if (bits != 1)
                mistakes.Add(FieldRules.WrongType, Place.Of(property), property.Name, has, "a bool holds one; use an integer or an enum");
        }
        else if (type is INamedTypeSymbol { EnumUnderlyingType: { } under } named)
        {
            CheckValues(property, named, bits, mistakes);
            CheckWidth(property, under, bits, has, mistakes);
        }
        else if (type.TypeKind != TypeKind.Error)
        {
            CheckWidth(property, type, bits, has, mistakes);
        }
    }

    private static void CheckWidth(IPropertySymbol property, ITypeSymbol integer, int bits, string has, Mistakes mistakes)
    {
        if (WidthOf(integer.SpecialType) is not { } width)
        {
            mistakes.Add(
                FieldRules.WrongType, Place.Of(property), property.Name, $"the type '{property.Type.Shown()}'", "use bool, an integer or an enum");
        }
        else if (width < bits)
        {
            mistakes.Add(
                FieldRules.WrongType, Place.Of(property), property.Name, has, $"'{property.Type.Shown()}' holds {Text(width)}; use a wider type");
        }
    }

    private static void CheckValues(IPropertySymbol property, INamedTypeSymbol type, int bits, Mistakes mistakes)
    {
        ulong most = ulong.MaxValue >> (64 - bits);
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is not IFieldSymbol { HasConstantValue: true, ConstantValue: { } constant })
                continue;
            string text = Convert.ToString(constant, CultureInfo.InvariantCulture);
            if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) || value > most)
            {
                mistakes.Add(
                    FieldRules.EnumTooWide, Place.Of(property), type.Name, member.Name, text, property.Name, most.ToString(CultureInfo.InvariantCulture));
                return;
            }
        }
    }

    private static int? WidthOf(SpecialType type) => type switch
    {
        SpecialType.System_Byte or SpecialType.System_SByte => 8,
        SpecialType.System_UInt16 or SpecialType.System_Int16 => 16,
        SpecialType.System_UInt32 or SpecialType.System_Int32 => 32,
        SpecialType.System_UInt64 or SpecialType.System_Int64 => 64,
        _ => null,
    };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
