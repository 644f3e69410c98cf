using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads a property with <c>[Block]</c>.</summary>
internal static class NestedBlockReader
{
    public static NestedBlockModel? Read(BlockDraft block, string byteOrder, IPropertySymbol property, AttributeData attribute)
    {
        Mistakes mistakes = block.Mistakes;
        bool isArray = property.Type is IArrayTypeSymbol { Rank: 1 };
        ITypeSymbol type = property.Type is IArrayTypeSymbol { Rank: 1 } array ? array.ElementType : property.Type;
        if (property.GetMethod is null || property.IsStatic || type.Attribute(AttributeNames.RegisterBlock) is not { } inner)
        {
            if (type.TypeKind != TypeKind.Error)
                mistakes.Add(NestingRules.NotABlock, Place.Of(property), property.Name, property.Type.Shown());
            return null;
        }

        uint offset = attribute.Argument(0, 0u), size = inner.Argument(0, 0u);
        int count = attribute.Named("Count", 1);
        uint stride = attribute.Named("Stride", size);
        var model = new NestedBlockModel(
            property.Name,
            property.InDispatch(),
            type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).Qualified(),
            offset,
            size,
            Math.Max(count, 1),
            stride,
            isArray)
        {
            Conditions = ConditionReader.Read(block, attribute),
            IsPlaced = attribute.ConstructorArguments.Length > 0,
            IsWatched = WatchReader.IsAnyIn(type),
        };
        if (!model.IsPlaced && property.Attribute(AttributeNames.IndexData) is null)
            mistakes.Add(WindowRules.BadIndexData, attribute, property.Name, "has neither an address nor an index and data pair; give [Block] an offset, or add [IndexData]");

        int bus = inner.Named("Bus", 4);
        string order = inner.NamedEnum("ByteOrder", RegisterBlockReader.LittleEndian);
        if (bus != block.Bus || order != byteOrder)
            mistakes.Add(NestingRules.OtherBus, Place.Of(property), property.Name, type.Name, block.Type.Name);
        else if (offset % (uint)bus != 0)
            mistakes.Add(NestingRules.OffTheBus, Place.Of(attribute, "offset"), property.Name, Text(bus), Hex(offset));
        else if (count > 1 && stride % (uint)bus != 0)
            mistakes.Add(NestingRules.OffTheBus, Place.Of(attribute, "Stride"), property.Name, Text(bus), Hex(stride));

        if (count < 1 || (count > 1 && !isArray))
            mistakes.Add(NestingRules.BadCount, Place.Of(attribute, "Count"), property.Name, Text(count), type.Name);
        else if (count > 1 && stride < size)
            mistakes.Add(RegisterRules.BadArray, Place.Of(attribute, "Stride"), property.Name, $"its stride of 0x{Hex(stride)} is less than the 0x{Hex(size)} bytes of '{type.Name}'");
        else if (model.IsPlaced && model.End > block.Size)
            mistakes.Add(RegisterRules.OutsideBlock, Place.Of(attribute, "offset"), property.Name, Hex(model.End), Hex(block.Size));
        return model;
    }

    private static string Hex(long value) => value.ToString("x2", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
