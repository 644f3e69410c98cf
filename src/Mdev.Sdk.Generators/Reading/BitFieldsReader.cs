using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads a struct with <c>[BitFields]</c>.</summary>
internal static class BitFieldsReader
{
    public static BitFieldsModel? Read(INamedTypeSymbol type, Mistakes mistakes, CancellationToken cancel)
    {
        if (type.Attribute(AttributeNames.BitFields) is not { } attribute
            || TypeShell.Read(type, mistakes, cancel) is not { } shell)
        {
            return null;
        }

        int bytes = attribute.Argument(0, 4);
        if (!RegisterType.IsWidth(bytes))
        {
            mistakes.Add(FieldRules.BadWidth, Place.Of(attribute, "width"), Text(bytes));
            bytes = 8;
        }

        var fields = new List<BitFieldModel>();
        var read = new List<(IPropertySymbol Symbol, AttributeData Attribute, int High, int Low)>();
        foreach (ISymbol member in type.GetMembers())
        {
            cancel.ThrowIfCancellationRequested();
            if (member is IFieldSymbol { IsStatic: false } state && !state.IsOurs())
                mistakes.Add(FieldRules.OtherState, Place.Of(state.AssociatedSymbol ?? state), (state.AssociatedSymbol ?? state).Name, type.Name);
            if (member is not IPropertySymbol property || property.Attribute(AttributeNames.Bits) is not { } bits)
                continue;

            int high = bits.Argument(0, 0), low = bits.Argument(bits.ConstructorArguments.Length - 1, 0);
            bool fits = CheckRange(property, bits, high, low, bytes, mistakes);
            if (fits)
            {
                CheckOverlap(read, property, bits, high, low, mistakes);
                CheckAccess(property, bits, high - low + 1, mistakes);
                FieldTypeRules.Check(property, high - low + 1, mistakes);
                read.Add((property, bits, high, low));
            }

            if (PartialProperty.Read(property, cancel) is { } partial)
            {
                // What does not fit is reported; it only has to compile.
                bool isBool = property.Type.SpecialType == SpecialType.System_Boolean;
                fields.Add(fits ? new BitFieldModel(partial, high, low, isBool) : new BitFieldModel(partial, 0, 0, isBool));
            }
            else if (!PartialProperty.IsPartial(property, cancel))
            {
                mistakes.Add(TypeRules.NotPartial, Place.Of(property), property.Name);
            }
        }

        WatchRules.Check(type, bytes, read, mistakes);
        return new BitFieldsModel(shell, bytes, type.IsReadOnly, fields.ToEquatableArray(), WrittenBy(type).ToEquatableArray())
        {
            Map = new MapTypeReader(cancel).Read(type).Fields,
            Watched = WatchReader.OfType(type),
            Constants = BitFieldsMember.Constants.Where(name => !type.Declares(name)).ToEquatableArray(),
        };
    }

    private static bool CheckRange(
        IPropertySymbol property, AttributeData bits, int high, int low, int bytes, Mistakes mistakes)
    {
        int last = (bytes * 8) - 1;
        int outside = high < 0 || high > last ? high : low;
        if (outside < 0 || outside > last)
        {
            mistakes.Add(FieldRules.OutsideRegister, bits, property.Name, Text(outside), Text(last));
            return false;
        }

        if (high < low)
        {
            mistakes.Add(FieldRules.Reversed, bits, property.Name, Text(high), Text(low), "Bits");
            return false;
        }

        return true;
    }

    private static void CheckAccess(IPropertySymbol property, AttributeData bits, int width, Mistakes mistakes)
    {
        AccessMasks masks = AccessMasks.Of(AccessReader.Read(bits, property.Name, 0, mistakes), 1);
        if ((masks.W1C | masks.W0C | masks.WC) != 0 && masks.R == 0)
            mistakes.Add(MapRules.Unreadable, Place.Of(bits, "Access"), property.Name);
        ulong reset = bits.Named("Reset", 0ul);
        if (width < 64 && reset >> width != 0)
            mistakes.Add(FieldRules.ResetTooWide, Place.Of(bits, "Reset"), AccessReader.Hex(reset), property.Name, Text(width));
    }

    private static void CheckOverlap(
        List<(IPropertySymbol Symbol, AttributeData Attribute, int High, int Low)> earlier,
        IPropertySymbol property,
        AttributeData bits,
        int high,
        int low,
        Mistakes mistakes)
    {
        foreach ((IPropertySymbol other, AttributeData place, int otherHigh, int otherLow) in earlier)
        {
            if (low <= otherHigh && otherLow <= high)
            {
                mistakes.AddPair(
                    FieldRules.Overlap, bits, place, property.Name, Range(high, low), other.Name, Range(otherHigh, otherLow));
            }
        }
    }

    private static IEnumerable<string> WrittenBy(INamedTypeSymbol type)
    {
        if (type.IsRecord)
            return BitFieldsMember.All;
        var written = new List<string>();
        if (type.Declares("ToString", m => m is IMethodSymbol { Parameters.IsEmpty: true }))
            written.Add(BitFieldsMember.Text);
        if (type.Declares("Equals", m => m is IMethodSymbol { Parameters: [{ Type.SpecialType: SpecialType.System_Object }] }))
            written.Add(BitFieldsMember.EqualsObject);
        if (type.Declares("Equals", m => m is IMethodSymbol { Parameters: [var p] } && SymbolEqualityComparer.Default.Equals(p.Type, type)))
            written.Add(BitFieldsMember.EqualsSame);
        if (type.Declares("GetHashCode", m => m is IMethodSymbol { Parameters.IsEmpty: true }))
            written.Add(BitFieldsMember.Hash);
        if (type.Declares("op_Equality"))
            written.Add(BitFieldsMember.Operators);
        return written;
    }

    private static string Range(int high, int low) => high == low ? Text(low) : $"{Text(high)}:{Text(low)}";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
