using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>The type of an attribute's value.</summary>
/// <param name="Kind">How it is text.</param>
/// <param name="Type">Fully qualified.</param>
internal readonly record struct MdevAttributeValue(MdevAttributeKind Kind, string Type)
{
    /// <summary>Null for a type that has no text, or none that could be made into it.</summary>
    public static MdevAttributeValue? Read(ITypeSymbol type, bool written)
    {
        MdevAttributeKind? kind = KindOf(type);

        // Whatever can be gone through is a listing to be read.
        if (kind is null && !written && type.AllInterfaces.Any(IsLines))
            kind = MdevAttributeKind.Lines;
        return kind is { } found ? new MdevAttributeValue(found, type.Qualified()) : null;
    }

    private static MdevAttributeKind? KindOf(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } => MdevAttributeKind.Text,
        { SpecialType: SpecialType.System_Boolean } => MdevAttributeKind.Bool,
        { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 or SpecialType.System_IntPtr or SpecialType.System_UIntPtr } =>
            MdevAttributeKind.Integer,
        { TypeKind: TypeKind.Enum } => MdevAttributeKind.Enum,
        IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_String } => MdevAttributeKind.Lines,
        INamedTypeSymbol named when IsLines(named) => MdevAttributeKind.Lines,
        _ when type.Is("System.Guid") => MdevAttributeKind.Guid,
        _ => null,
    };

    // What an array of strings can be given to.
    private static bool IsLines(INamedTypeSymbol type) => type is
    {
        TypeArguments: [{ SpecialType: SpecialType.System_String }],
        OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T
            or SpecialType.System_Collections_Generic_IReadOnlyCollection_T or SpecialType.System_Collections_Generic_IReadOnlyList_T,
    };
}
