using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.CodeFixes;

/// <summary>Bytes of the types that registers have.</summary>
internal static class RegisterWidth
{
    /// <summary>Null for a type that no register can have.</summary>
    public static uint? Of(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { EnumUnderlyingType: { } under } => Of(under),
        { SpecialType: SpecialType.System_Byte } => 1,
        { SpecialType: SpecialType.System_UInt16 } => 2,
        { SpecialType: SpecialType.System_UInt32 } => 4,
        { SpecialType: SpecialType.System_UInt64 } => 8,
        { TypeKind: TypeKind.Struct } when type.Data("BitFields") is { } fields =>
            fields.ConstructorArguments is [{ Value: int bytes }, ..] ? (uint)bytes : 4,
        _ => null,
    };
}
