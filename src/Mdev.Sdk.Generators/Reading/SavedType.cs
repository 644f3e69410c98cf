using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>The type of a saved value.</summary>
/// <param name="Name">Fully qualified, without a question mark.</param>
/// <param name="Form">How it becomes bytes.</param>
/// <param name="Bytes">How many; for a string the least.</param>
/// <param name="Integer">The integer that <see cref="SavedForm.Cast"/> goes by; empty otherwise.</param>
/// <param name="Nullable">Whether it may be null.</param>
internal sealed record SavedType(string Name, SavedForm Form, int Bytes, string Integer, bool Nullable)
{
    /// <summary>Null for a type that cannot be saved.</summary>
    public static SavedType? Read(ITypeSymbol type)
    {
        string name = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).Qualified();
        SavedType? plain = type.SpecialType switch
        {
            SpecialType.System_Boolean => new(name, SavedForm.Bool, 1, "", false),
            SpecialType.System_Single => new(name, SavedForm.Single, 4, "", false),
            SpecialType.System_Double => new(name, SavedForm.Double, 8, "", false),
            SpecialType.System_String => new(name, SavedForm.String, 4, "", type.NullableAnnotation != NullableAnnotation.NotAnnotated),
            _ => null,
        };
        if (plain is not null)
            return plain;
        if (BytesOf(type.SpecialType) is { } bytes)
            return new(name, SavedForm.Integer, bytes, "", false);
        if (type is INamedTypeSymbol { EnumUnderlyingType: { } under })
            return new(name, SavedForm.Cast, BytesOf(under.SpecialType) ?? 8, under.Qualified(), false);
        if (type.TypeKind == TypeKind.Struct && type.Attribute(AttributeNames.BitFields) is { } fields)
        {
            int width = fields.Argument(0, 0);
            return RegisterType.IsWidth(width) ? new(name, SavedForm.Cast, width, RegisterType.IntegerOf(width), false) : null;
        }
        return type.Is("System.Guid") ? new(name, SavedForm.Guid, 16, "", false) : null;
    }

    private static int? BytesOf(SpecialType type) => type switch
    {
        SpecialType.System_Byte or SpecialType.System_SByte => 1,
        SpecialType.System_UInt16 or SpecialType.System_Int16 or SpecialType.System_Char => 2,
        SpecialType.System_UInt32 or SpecialType.System_Int32 => 4,
        SpecialType.System_UInt64 or SpecialType.System_Int64 => 8,
        _ => null,
    };
}
