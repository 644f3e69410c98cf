using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads what types say of bits, each type once: a thousand registers may have one.</summary>
internal sealed class MapTypeReader(CancellationToken cancel)
{
    private static readonly MapTypeModel s_plain = new("", default, default);

    private readonly Dictionary<ITypeSymbol, MapTypeModel> _read = new(SymbolEqualityComparer.Default);

    public MapTypeModel Read(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol named || named.SpecialType != SpecialType.None)
            return s_plain;
        if (!_read.TryGetValue(named, out MapTypeModel? model))
        {
            model = named.EnumUnderlyingType is not null ? ReadEnum(named)
                : named.Attribute(AttributeNames.BitFields) is { } fields ? ReadFields(named, fields.Argument(0, 4) * 8)
                : s_plain;
            _read.Add(named, model);
        }

        return model;
    }

    /// <summary>An enum that names the registers of an array.</summary>
    public MapIndexModel? ReadIndex(ITypeSymbol? type) => type is not INamedTypeSymbol index ? null
        : new MapIndexModel(index.Qualified(), VisibilityOf(index), new MapTypeModel(index.Name, default, ValuesOf(index, 64)));

    private static string? VisibilityOf(INamedTypeSymbol type)
    {
        string visibility = "public";
        for (INamedTypeSymbol? at = type; at is not null; at = at.ContainingType)
        {
            if (at.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal)
                visibility = "internal";
            else if (at.DeclaredAccessibility != Accessibility.Public)
                return null;
        }

        return visibility;
    }

    private MapTypeModel ReadFields(INamedTypeSymbol type, int width)
    {
        var fields = new List<MapFieldModel>();
        foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (property.Attribute(AttributeNames.Bits) is not { } bits)
                continue;
            int high = bits.Argument(0, 0), low = bits.Argument(bits.ConstructorArguments.Length - 1, 0);

            // What lies nowhere has its own mistake.
            if (low < 0 || high < low || high >= Math.Min(width, 64))
                continue;
            bool isEnum = (property.Type as INamedTypeSymbol)?.EnumUnderlyingType is not null;
            int access = bits.Named("Access", 0);
            fields.Add(new MapFieldModel(
                property.Name,
                high,
                low,
                property.Type.SpecialType == SpecialType.System_Boolean,
                AccessReader.WhatIsWrong(access) is null ? access : 0,
                bits.Named("Reset", 0ul),
                isEnum && IsFlags(property.Type),
                isEnum ? ValuesOf((INamedTypeSymbol)property.Type, high - low + 1) : default,
                Documentation.SummaryOf(property, cancel)));
        }

        return new MapTypeModel(type.Name, fields.ToEquatableArray(), default);
    }

    /// <summary>Of flags, each member is a field of its own, as data sheets show such a register.</summary>
    private MapTypeModel ReadEnum(INamedTypeSymbol type)
    {
        EquatableArray<NamedValueModel> values = ValuesOf(type, 64);
        if (!IsFlags(type))
            return new MapTypeModel(type.Name, default, values);
        ulong taken = 0;
        var fields = new List<MapFieldModel>();
        foreach (NamedValueModel value in values)
        {
            int low = LowestBit(value.Value), high = low;
            while (high < 63 && (value.Value >> (high + 1) & 1) != 0)
                high++;

            // Neither a combination of others nor bits that are not together is a field.
            var field = new MapFieldModel(value.Name, high, low, high == low, 0, 0, false, default, value.Description);
            if (value.Value == 0 || field.Mask != value.Value || (taken & value.Value) != 0)
                continue;
            taken |= value.Value;
            fields.Add(field);
        }

        return new MapTypeModel(type.Name, fields.ToEquatableArray(), default);
    }

    private EquatableArray<NamedValueModel> ValuesOf(INamedTypeSymbol type, int width)
    {
        var values = new List<NamedValueModel>();
        foreach (IFieldSymbol member in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (member is not { HasConstantValue: true, ConstantValue: { } constant })
                continue;
            ulong value = constant is ulong large ? large : unchecked((ulong)Convert.ToInt64(constant, CultureInfo.InvariantCulture));
            values.Add(new NamedValueModel(member.Name, value & (ulong.MaxValue >> (64 - width)), Documentation.SummaryOf(member, cancel)));
        }

        return values.ToEquatableArray();
    }

    private static bool IsFlags(ITypeSymbol type) => type.Attribute("System.FlagsAttribute") is not null;

    private static int LowestBit(ulong value)
    {
        int bit = 0;
        while (bit < 63 && (value >> bit & 1) == 0)
            bit++;
        return bit;
    }
}
