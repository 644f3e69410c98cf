using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>The type of a register's value.</summary>
/// <param name="Name">Fully qualified.</param>
/// <param name="Bytes">1, 2, 4 or 8.</param>
/// <param name="Converts">Whether it is an enum or has fields, and takes a cast to become an integer.</param>
internal sealed record RegisterType(string Name, int Bytes, bool Converts)
{
    public int Bits => Bytes * 8;

    /// <summary>All ones, as wide as the register.</summary>
    public ulong Ones => ulong.MaxValue >> (64 - Bits);

    /// <summary>The integer of that width, which storage and casts use.</summary>
    public string Integer => IntegerOf(Bytes);

    public static string IntegerOf(int bytes) => bytes switch { 1 => "byte", 2 => "ushort", 4 => "uint", _ => "ulong" };

    /// <summary>Null for a type that no register can have.</summary>
    public static RegisterType? Read(ITypeSymbol type)
    {
        if (BytesOf(type.SpecialType) is { } plain)
            return new RegisterType(type.Qualified(), plain, Converts: false);
        if (type is INamedTypeSymbol { EnumUnderlyingType: { } under })
            return BytesOf(under.SpecialType) is { } bytes ? new RegisterType(type.Qualified(), bytes, Converts: true) : null;
        if (type.TypeKind == TypeKind.Struct && type.Attribute(AttributeNames.BitFields) is { } fields)
            return IsWidth(fields.Argument(0, 0)) ? new RegisterType(type.Qualified(), fields.Argument(0, 0), Converts: true) : null;
        return null;
    }

    public static bool IsWidth(int bytes) => bytes is 1 or 2 or 4 or 8;

    private static int? BytesOf(SpecialType type) => type switch
    {
        SpecialType.System_Byte => 1,
        SpecialType.System_UInt16 => 2,
        SpecialType.System_UInt32 => 4,
        SpecialType.System_UInt64 => 8,
        _ => null,
    };
}
