using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>How large an unmanaged struct is when a program runs, as far as its source alone says so.</summary>
/// <remarks>
/// It must never say a wrong size. So of a struct of another assembly, whose fields a reference may not show, of one that generated code
/// completes, and of a layout that leaves room for the runtime, it says none, and the program checks the size itself.
/// Source: ECMA-335 II.10.7; the ABI of 64-bit Linux for what is aligned how.
/// </remarks>
internal readonly record struct StructLayout(int Size, int Alignment)
{
    // A struct that contains itself is the compiler's to report; until then it has no end.
    private const int Deepest = 16;

    /// <summary>Null where it cannot be told.</summary>
    public static StructLayout? Of(ITypeSymbol type, CancellationToken cancel) => Of(type, 0, cancel);

    private static StructLayout? Of(ITypeSymbol type, int depth, CancellationToken cancel) => type switch
    {
        _ when Primitive(type.SpecialType) is { } size => new(size, size),
        INamedTypeSymbol { EnumUnderlyingType: { } under } => Of(under, depth, cancel),
        INamedTypeSymbol { TypeKind: TypeKind.Struct } fields when fields.Attribute(AttributeNames.BitFields) is { } attribute =>
            attribute.Argument(0, 0) is var width && RegisterType.IsWidth(width) ? new(width, width) : null,
        INamedTypeSymbol { TypeKind: TypeKind.Struct } composed when depth < Deepest && IsComplete(composed, cancel) => Composed(composed, depth, cancel),
        _ => null,
    };

    private static int? Primitive(SpecialType type) => type switch
    {
        SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte => 1,
        SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char => 2,
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => 8,
        _ => null,
    };

    // Parameters that a struct other than a record captures are fields that no symbol shows.
    private static bool IsComplete(INamedTypeSymbol type, CancellationToken cancel) =>
        !type.DeclaringSyntaxReferences.IsEmpty && type.DeclaringSyntaxReferences.All(r =>
            r.GetSyntax(cancel) is TypeDeclarationSyntax syntax
            && !syntax.Modifiers.Any(SyntaxKind.PartialKeyword)
            && syntax is not StructDeclarationSyntax { ParameterList: not null });

    private static StructLayout? Composed(INamedTypeSymbol type, int depth, CancellationToken cancel)
    {
        AttributeData? layout = type.Attribute("System.Runtime.InteropServices.StructLayoutAttribute");
        int pack = layout?.Named("Pack", 0) ?? 0;

        // Sequential is 0, and what C# has without an attribute; a Size of its own, and places of its own, are left to the run.
        if (layout is not null && (layout.ConstructorArguments is not [{ Kind: TypedConstantKind.Enum, Value: 0 }] || layout.Named("Size", 0) != 0))
            return null;

        int end = 0, alignment = 1;
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic))
        {
            if (OfField(field, depth, cancel) is not { } part)
                return null;
            int aligned = pack == 0 ? part.Alignment : Math.Min(pack, part.Alignment);
            alignment = Math.Max(alignment, aligned);
            end = Rounded(end, aligned) + part.Size;
            if (end > ushort.MaxValue)
                return null;
        }

        end = Rounded(Math.Max(end, 1), alignment);
        if (type.Attribute("System.Runtime.CompilerServices.InlineArrayAttribute") is not { } array)
            return new(end, alignment);
        return array.Argument(0, 0) is var count && count is > 0 and <= ushort.MaxValue ? new((int)Math.Min((long)end * count, int.MaxValue), alignment) : null;
    }

    private static StructLayout? OfField(IFieldSymbol field, int depth, CancellationToken cancel)
    {
        if (!field.IsFixedSizeBuffer)
            return Of(field.Type, depth + 1, cancel);
        return field.Type is IPointerTypeSymbol { PointedAtType: var element } && Of(element, depth + 1, cancel) is { } part
            && field.FixedSize is > 0 and <= ushort.MaxValue
            ? new((int)Math.Min((long)part.Size * field.FixedSize, ushort.MaxValue + 1), part.Alignment)
            : null;
    }

    private static int Rounded(int value, int alignment) => alignment <= 1 ? value : (value + alignment - 1) / alignment * alignment;
}
