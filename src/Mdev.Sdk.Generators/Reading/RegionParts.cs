using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>The parts of a device's BARs, or of its regions: what each may be, where it lies, and that they go together.</summary>
/// <param name="mistakes">Who is told.</param>
/// <param name="overlap">The rule that two parts break which share bytes.</param>
/// <param name="noun">What a message calls the whole: BAR, or region.</param>
internal sealed class RegionParts(Mistakes mistakes, DiagnosticDescriptor overlap, string noun)
{
    // The smallest page there is: a larger one of the system is seen when the device is made.
    private const ulong Page = 4096;

    private readonly Dictionary<int, List<RegionPartDraft>> _parts = [];

    /// <summary>The parts of a whole so far, in source order.</summary>
    public IReadOnlyList<RegionPartDraft> Of(int index) =>
        _parts.TryGetValue(index, out List<RegionPartDraft>? parts) ? parts : [];

    /// <summary>Reads a part.</summary>
    /// <returns>Null if the property can be none.</returns>
    public RegionPartDraft? Add(int index, IPropertySymbol property, AttributeData attribute, bool mappable)
    {
        bool isMemory = property.Type is INamedTypeSymbol type && (type.Is(AttributeNames.DeviceMemory) || type.BaseNamed(AttributeNames.DeviceMemory) is not null);
        AttributeData? block = property.Type.Attribute(AttributeNames.RegisterBlock);
        if (property.GetMethod is null || (!isMemory && block is null))
        {
            if (property.Type.TypeKind != TypeKind.Error)
                mistakes.Add(PciRules.NotABlock, Place.Of(property), property.Name, property.Type.Shown());
            return null;
        }

        ulong offset = attribute.Named("Offset", 0ul);
        bool mapped = isMemory && mappable && attribute.Named("Mapped", true);
        ulong size = block?.Argument(0, 0u) ?? (mapped ? Page : 1);
        var part = new RegionPartDraft(property.Name, offset, SaturatingAdd(offset, size), isMemory, attribute);
        if (mapped && offset % Page != 0)
            mistakes.Add(RegionRules.NotPageAligned, Place.Of(attribute, "Offset"), property.Name, Hex(offset), Hex(Aligned(offset)));

        if (!_parts.TryGetValue(index, out List<RegionPartDraft>? others))
            _parts.Add(index, others = []);
        foreach (RegionPartDraft other in others)
        {
            if (part.Offset < other.End && other.Offset < part.End)
                Report(index, part, other);
        }

        others.Add(part);
        return part;
    }

    /// <summary>What can be told only when all parts are known.</summary>
    public void CheckSizes()
    {
        foreach (KeyValuePair<int, List<RegionPartDraft>> whole in _parts)
        {
            if (whole.Value.FirstOrDefault(p => p.Attribute.HasNamed("Size")) is not { Attribute: var sized })
                continue;
            ulong size = sized.Named("Size", 0ul);
            foreach (RegionPartDraft part in whole.Value)
            {
                if (part.End > size)
                    mistakes.AddPair(PciRules.BarTooLarge, Place.Of(part.Attribute, "Offset"), Place.Of(sized, "Size"), part.Property, Hex(part.End), $"the {noun}'s Size is 0x{Hex(size)}; make it larger");
                if (part.Attribute.HasNamed("Size") && part.Attribute.Named("Size", 0ul) != size)
                    mistakes.AddPair(RegionRules.PartsDisagree, Place.Of(part.Attribute, "Size"), Place.Of(sized, "Size"), Named(whole.Key), "sizes");
            }
        }
    }

    /// <summary>How a message names a whole.</summary>
    public string Named(int index) => $"{char.ToUpperInvariant(noun[0])}{noun.Substring(1)} {index.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Named arguments, as code writes them, in an order of our own.</summary>
    public static string Options(AttributeData attribute, params string[] names) => string.Join(", ", names
        .Select(name => (Name: name, attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value.Value))
        .Where(a => a.Value is not null)
        .Select(a => a.Value is bool flag ? $"{a.Name} = {(flag ? "true" : "false")}" : $"{a.Name} = 0x{((IFormattable)a.Value!).ToString("x2", CultureInfo.InvariantCulture)}"));

    public static string Hex(ulong value) => value.ToString("x2", CultureInfo.InvariantCulture);

    private void Report(int index, RegionPartDraft part, RegionPartDraft other)
    {
        // Where memory is mapped, nothing traps: that is another mistake than two blocks at one place.
        DiagnosticDescriptor rule = part.IsMemory != other.IsMemory ? RegionRules.MemoryOverTraps : overlap;
        string where = $"has '{part.Property}' from 0x{Hex(part.Offset)} on, and '{other.Property}' lies at 0x{Hex(other.Offset)} to 0x{Hex(other.End - 1)}; give one of them another Offset";
        mistakes.AddPair(rule, Place.Of(part.Attribute, "Offset"), Place.Of(other.Attribute, "Offset"), Named(index), where);
    }

    private static ulong Aligned(ulong offset) => offset > ulong.MaxValue - Page ? offset & ~(Page - 1) : (offset + Page - 1) & ~(Page - 1);

    private static ulong SaturatingAdd(ulong left, ulong right) => left > ulong.MaxValue - right ? ulong.MaxValue : left + right;
}
