using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads properties with <c>[Region]</c>.</summary>
/// <param name="mistakes">Who is told.</param>
/// <param name="first">The first index that has no meaning of VFIO's own.</param>
internal sealed class RegionReader(Mistakes mistakes, int first)
{
    /// <summary>The first one in a PCI device. Source: linux/vfio.h, VFIO_PCI_NUM_REGIONS.</summary>
    public const int FirstOfPci = 9;

    // Source: QEMU's vfio-user client.
    private const int Last = 99;

    private readonly RegionParts _parts = new(mistakes, RegionRules.BadRegionIndex, "region");

    public List<RegionModel> Regions { get; } = [];

    public void Read(IPropertySymbol property, AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Value: int index }])
            return;
        if (index < first || index > Last)
        {
            string range = first == 0 ? $"a device has regions 0 to {Last}" : $"device-specific regions of a PCI device are {first} to {Last}, below are BARs, ROM, config space and VGA";
            mistakes.Add(RegionRules.BadRegionIndex, Place.Of(attribute, "index"), _parts.Named(index), $"cannot be used; {range}");
        }

        if (attribute.Named("ReadOnly", false) && attribute.Named("WriteOnly", false))
            mistakes.Add(RegionRules.PartsDisagree, Place.Of(attribute, "WriteOnly"), _parts.Named(index), "directions, ReadOnly and WriteOnly");
        foreach (RegionPartDraft other in _parts.Of(index).Take(1))
        {
            foreach (string name in (string[])["Type", "Subtype", "ReadOnly", "WriteOnly"])
            {
                if (Differs(name, attribute, other.Attribute))
                    mistakes.AddPair(RegionRules.PartsDisagree, Place.Of(attribute, name), Place.Of(other.Attribute, name), _parts.Named(index), $"values of {name}");
            }
        }

        if (_parts.Add(index, property, attribute, mappable: true) is not null)
            Regions.Add(new RegionModel(index, property.Name.Identifier(), RegionParts.Options(attribute, "Offset", "Size", "Type", "Subtype", "ReadOnly", "WriteOnly", "Mapped")));
    }

    /// <summary>What can be told only when all regions are known.</summary>
    public EquatableArray<RegionModel> Finish()
    {
        _parts.CheckSizes();
        return Regions.OrderBy(r => r.Index).ToEquatableArray();
    }

    private static bool Differs(string name, AttributeData one, AttributeData other) =>
        one.HasNamed(name) && other.HasNamed(name)
        && !Equals(one.NamedArguments.First(a => a.Key == name).Value.Value, other.NamedArguments.First(a => a.Key == name).Value.Value);
}
