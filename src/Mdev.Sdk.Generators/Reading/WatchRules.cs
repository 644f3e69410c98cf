using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>What must hold of the bits that a struct calls reserved or not implemented, beside its fields.</summary>
internal static class WatchRules
{
    public static void Check(
        INamedTypeSymbol type, int bytes, IReadOnlyList<(IPropertySymbol Symbol, AttributeData Attribute, int High, int Low)> fields, Mistakes mistakes)
    {
        ulong covered = fields.Aggregate(0ul, (all, f) => all | Bits(f.High, f.Low));
        bool reserves = false;
        var earlier = new List<AttributeData>();
        foreach (AttributeData attribute in type.GetAttributes().Where(WatchReader.IsWatch))
        {
            if (!WatchReader.Check(attribute, bytes, mistakes))
                continue;
            (int high, int low) = WatchReader.Place(attribute);
            bool isReserved = attribute.AttributeClass.Is(AttributeNames.Reserved);
            ulong bits = high < 0 || attribute.ConstructorArguments.All(a => a.Value is not int) ? ulong.MaxValue : Bits(high, low);
            reserves |= isReserved;
            covered |= bits;

            // A field may well be unimplemented, and reserved is what is no field.
            foreach ((IPropertySymbol field, AttributeData place, int fieldHigh, int fieldLow) in fields)
            {
                if (isReserved && (bits & Bits(fieldHigh, fieldLow)) != 0)
                    mistakes.AddPair(FieldRules.Overlap, attribute, place, "[Reserved]", Range(high, low), field.Name, Range(fieldHigh, fieldLow));
            }

            foreach (AttributeData other in earlier)
            {
                (int otherHigh, int otherLow) = WatchReader.Place(other);
                if ((bits & Bits(otherHigh, otherLow)) != 0)
                    mistakes.AddPair(FieldRules.Overlap, attribute, other, Name(attribute), Range(high, low), Name(other), Range(otherHigh, otherLow));
            }

            earlier.Add(attribute);
        }

        ulong open = ~covered & (ulong.MaxValue >> (64 - (8 * bytes)));
        if (reserves && open != 0)
            mistakes.Add(FieldRules.OpenBits, Place.Of(type), Ranges(open), type.Name);
    }

    private static ulong Bits(int high, int low) => (ulong.MaxValue >> (63 - (high - low))) << low;

    private static string Name(AttributeData attribute) => $"[{attribute.AttributeClass!.Name.Replace("Attribute", "")}]";

    private static string Ranges(ulong bits)
    {
        var ranges = new List<string>();
        for (int low = 0; low < 64; low++)
        {
            if (((bits >> low) & 1) == 0)
                continue;
            int high = low;
            while (high < 63 && ((bits >> (high + 1)) & 1) != 0)
                high++;
            ranges.Insert(0, Range(high, low));
            low = high;
        }

        return string.Join(", ", ranges);
    }

    private static string Range(int high, int low) => high == low ? Text(low) : $"{Text(high)}:{Text(low)}";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
