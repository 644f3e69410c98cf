using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads <c>[MsiX]</c> and <c>[MsiXTable]</c>, and checks the table's place.</summary>
internal sealed class MsixReader(Mistakes mistakes)
{
    private const int MaxVectors = 2048, EntrySize = 16;
    private const long LargestBar = 0x8000_0000;

    private readonly List<MsixLineModel> _lines = [];
    private AttributeData? _highest;
    private int _most = -1;

    /// <summary>Where the first line is declared; null without any.</summary>
    public AttributeData? First { get; private set; }

    public void ReadLine(IPropertySymbol property, AttributeData attribute)
    {
        int vector = attribute.Argument(0, 0);
        First ??= attribute;
        if (vector is < 0 or >= MaxVectors)
        {
            mistakes.Add(InterruptRules.BadVector, Place.Of(attribute, "vector"), "MSI-X", Text(vector), Text(MaxVectors - 1));
            return;
        }

        if (vector > _most)
            (_most, _highest) = (vector, attribute);
        _lines.Add(new MsixLineModel(property.Name.Identifier(), vector));
    }

    public MsixModel? Read(INamedTypeSymbol type, BarReader bars)
    {
        AttributeData? table = type.Attribute(AttributeNames.MsiXTable);
        if (table is null && First is null)
            return null;

        int vectors = table?.Named("Vectors", 0) ?? 0;
        if (!CheckVectors(table, ref vectors))
            return null;
        int bar = table?.Argument(0, 0) ?? bars.FirstFree();
        Place place = table is null ? First! : Place.Of(table, "bar");
        string kind = bars.KindOf(bar) ?? table?.NamedEnum("Kind", Memory32) ?? Memory32;
        if (WhyNot(bar, kind, bars) is { } why)
        {
            mistakes.Add(InterruptRules.BadTable, place, why);
            return null;
        }

        uint at = table?.Named("Table", 0u) ?? 0;
        long pba = table is not null && table.HasNamed("Pba") ? table.Named("Pba", 0u) : at + ((long)vectors * EntrySize);
        if (table is not null)
            CheckPlaces(table, bar, (at, (long)vectors * EntrySize), (pba, (vectors + 63) / 64 * 8L), bars);
        return new MsixModel(
            _lines.OrderBy(l => l.Vector).ToEquatableArray(), bar, kind, at, unchecked((uint)pba), vectors, table?.Named("Offset", 0) ?? 0, table is not null);
    }

    private const string Memory32 = "global::Mdev.Sdk.Pci.BarKind.Memory32";

    private bool CheckVectors(AttributeData? table, ref int vectors)
    {
        if (table is not null && table.HasNamed("Vectors"))
        {
            Place place = Place.Of(table, "Vectors");
            if (vectors is < 1 or > MaxVectors)
            {
                mistakes.Add(InterruptRules.BadCount, place, $"MSI-X has 1 to 2048 vectors, not {Text(vectors)}");
                return false;
            }

            if (_highest is not null && _most >= vectors)
                mistakes.AddPair(InterruptRules.BadCount, place, _highest, $"The table has {Text(vectors)} vectors, and a line asks for vector {Text(_most)}; it needs {Text(_most + 1)}");
            return true;
        }

        vectors = _most + 1;
        if (vectors > 0)
            return true;
        if (First is null)
            mistakes.Add(InterruptRules.BadCount, table!, "The table has no vectors: no line has [MsiX], and Vectors is not given");
        return false;
    }

    private static string? WhyNot(int bar, string kind, BarReader bars)
    {
        if (bar < 0)
            return "Every BAR is taken, and the MSI-X table needs one; put it into a BAR of registers by [MsiXTable]";
        if (bar > 5)
            return $"BAR {Text(bar)} does not exist; the MSI-X table lies in one of 0 to 5";
        if (kind.EndsWith(".Io", StringComparison.Ordinal))
            return $"BAR {Text(bar)} decodes I/O ports, and the MSI-X table lies in memory";
        if (bars.IsUpperHalf(bar))
            return $"BAR {Text(bar)} is the upper half of a 64-bit BAR";
        if (kind.Contains(".Memory64") && (bar == 5 || bars.KindOf(bar + 1) is not null))
            return $"BAR {Text(bar)} is 64 bits wide and needs the next one, which {(bar == 5 ? "does not exist" : "is declared")}";
        return null;
    }

    private void CheckPlaces(AttributeData attribute, int bar, (long First, long Size) table, (long First, long Size) pba, BarReader bars)
    {
        Place tablePlace = attribute.HasNamed("Table") ? Place.Of(attribute, "Table") : Place.Of(attribute, "bar");
        Place pbaPlace = attribute.HasNamed("Pba") ? Place.Of(attribute, "Pba") : tablePlace;
        CheckPlace("The MSI-X table", tablePlace, table);
        if (attribute.HasNamed("Pba"))
            CheckPlace("The Pending Bit Array", pbaPlace, pba);
        if (Meet(table, pba))
            mistakes.Add(InterruptRules.BadTable, pbaPlace, $"The Pending Bit Array at 0x{pba.First:x} overlaps the table, 0x{table.First:x} to 0x{table.First + table.Size - 1:x}");

        foreach (RegionPartDraft part in bars.PartsOf(bar))
        {
            (long First, long Size) taken = ((long)part.Offset, (long)(part.End - part.Offset));
            string where = $"'{part.Property}', 0x{part.Offset:x} to 0x{part.End - 1:x} of BAR {Text(bar)}";
            if (Meet(table, taken))
                mistakes.AddPair(InterruptRules.BadTable, tablePlace, part.Attribute, $"The MSI-X table at 0x{table.First:x} overlaps {where}");
            if (Meet(pba, taken))
                mistakes.AddPair(InterruptRules.BadTable, pbaPlace, part.Attribute, $"The Pending Bit Array at 0x{pba.First:x} overlaps {where}");
        }
    }

    private void CheckPlace(string what, Place place, (long First, long Size) range)
    {
        if (range.First % 8 != 0)
            mistakes.Add(InterruptRules.BadTable, place, $"{what} starts at a multiple of 8, not at 0x{range.First:x}");
        else if (range.First + range.Size > LargestBar)
            mistakes.Add(InterruptRules.BadTable, place, $"{what} at 0x{range.First:x} leaves the BAR, which decodes at most 2 GiB");
    }

    private static bool Meet((long First, long Size) one, (long First, long Size) other) =>
        one.First < other.First + other.Size && other.First < one.First + one.Size;

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
