using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads properties with <c>[Bar]</c>.</summary>
internal sealed class BarReader(Mistakes mistakes)
{
    private const ulong LargestIoBar = 256;
    private const ulong LargestMemoryBar = 0x8000_0000;

    private readonly RegionParts _parts = new(mistakes, PciRules.BadBarIndex, "BAR");
    private readonly Dictionary<int, (AttributeData Attribute, string Kind)> _first = [];

    public List<BarModel> Models { get; } = [];

    public void Read(IPropertySymbol property, AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Value: int index }, var kindArgument])
            return;

        string kind = kindArgument.EnumText();
        Place place = Place.Of(attribute, "index");
        if (index is < 0 or > 5)
        {
            mistakes.Add(PciRules.BadBarIndex, place, $"BAR {Text(index)}", "does not exist; a device has BARs 0 to 5");
        }
        else if (!_first.TryGetValue(index, out (AttributeData Attribute, string Kind) first))
        {
            _first.Add(index, (attribute, kind));
            CheckUpperHalf(index, IsWide(kind), place);
        }
        else if (first.Kind != kind)
        {
            mistakes.AddPair(RegionRules.PartsDisagree, Place.Of(attribute, "kind"), Place.Of(first.Attribute, "kind"), $"BAR {Text(index)}", "kinds");
        }

        CheckSize(attribute, kind);
        if (_parts.Add(index, property, attribute, mappable: !IsIo(kind)) is not { } part)
            return;
        if (IsIo(kind) && part.End > LargestIoBar)
            mistakes.Add(PciRules.IoBarTooLarge, Place.Of(attribute, "kind"), $"'{property.Name}' ends {Text(part.End)} bytes into its BAR");
        else if (!IsIo(kind) && !IsWide(kind) && part.End > LargestMemoryBar)
            mistakes.Add(PciRules.BarTooLarge, Place.Of(attribute, "kind"), property.Name, RegionParts.Hex(part.End), "a 32-bit memory BAR decodes at most 2 GiB; make it smaller, or use BarKind.Memory64");

        Models.Add(new BarModel(index, kind, property.Name.Identifier()) { Options = RegionParts.Options(attribute, "Offset", "Size", "Mapped") });
    }

    /// <summary>The first BAR that nothing takes; negative if there is none.</summary>
    public int FirstFree()
    {
        for (int bar = 0; bar <= 5; bar++)
        {
            if (!_first.ContainsKey(bar) && !IsUpperHalf(bar))
                return bar;
        }

        return -1;
    }

    public bool IsUpperHalf(int bar) => _first.TryGetValue(bar - 1, out (AttributeData Attribute, string Kind) lower) && IsWide(lower.Kind);

    /// <summary>What a declared BAR decodes; null for one that is not declared.</summary>
    public string? KindOf(int bar) => _first.TryGetValue(bar, out (AttributeData Attribute, string Kind) first) ? first.Kind : null;

    /// <summary>What lies in a BAR, in source order.</summary>
    public IReadOnlyList<RegionPartDraft> PartsOf(int bar) => _parts.Of(bar);

    /// <summary>What can be told only when all BARs are known.</summary>
    public void Finish() => _parts.CheckSizes();

    // PCI Local Bus 3.0, section 6.2.5.1: the upper half of a 64-bit address lies in the next register.
    private void CheckUpperHalf(int index, bool wide, Place place)
    {
        if (wide && index == 5)
            mistakes.Add(PciRules.NoUpperHalf, place, Text(index), "there is none");
        else if (wide && _first.TryGetValue(index + 1, out (AttributeData Attribute, string Kind) taken))
            mistakes.AddPair(PciRules.NoUpperHalf, place, Place.Of(taken.Attribute, "index"), Text(index), $"BAR {Text(index + 1)} is declared");
        if (_first.TryGetValue(index - 1, out (AttributeData Attribute, string Kind) before) && IsWide(before.Kind))
            mistakes.AddPair(PciRules.NoUpperHalf, Place.Of(before.Attribute, "index"), place, Text(index - 1), $"BAR {Text(index)} is declared");
    }

    // The BAR's own size, where the author gives one: what follows from its parts is rounded up.
    private void CheckSize(AttributeData attribute, string kind)
    {
        if (!attribute.HasNamed("Size"))
            return;
        ulong size = attribute.Named("Size", 0ul);
        Place place = Place.Of(attribute, "Size");
        if (IsIo(kind) && size is < 4 or > LargestIoBar)
            mistakes.Add(PciRules.IoBarTooLarge, place, $"Size is {Text(size)}");
        else if (!IsIo(kind) && size < 16)
            mistakes.Add(RegionRules.BarTooSmall, place, Text(size));
        else if ((size & (size - 1)) != 0)
            mistakes.Add(RegionRules.NotAPowerOfTwo, place, RegionParts.Hex(size), RegionParts.Hex(RoundedUp(size)));
    }

    private static ulong RoundedUp(ulong size)
    {
        ulong power = 16;
        while (power < size && power << 1 != 0)
            power <<= 1;
        return power;
    }

    private static bool IsIo(string kind) => kind.EndsWith(".Io", StringComparison.Ordinal);

    private static bool IsWide(string kind) => kind.Contains(".Memory64");

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
