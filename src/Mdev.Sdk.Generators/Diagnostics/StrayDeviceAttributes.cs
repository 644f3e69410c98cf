using Mdev.Sdk.Generators.Reading;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>Finds regions and interrupts in a class that is no device, or one of the other sort: nothing else would mention them.</summary>
internal static class StrayDeviceAttributes
{
    private static readonly string[] s_pci =
    [
        AttributeNames.Bar, AttributeNames.IntX, AttributeNames.Msi, AttributeNames.MsiX, AttributeNames.Capability,
        AttributeNames.ExtendedCapability, AttributeNames.SerialNumber, AttributeNames.ExpansionRom,
    ];

    public static void Check(INamedTypeSymbol type, Mistakes mistakes)
    {
        CheckParent(type, mistakes);
        bool pci = type.BaseNamed(AttributeNames.PciDeviceBase) is not null;
        bool device = type.BaseNamed(AttributeNames.VfioDeviceBase) is not null;

        // Without the base it is that which is wrong.
        if (!device && (type.Attribute(AttributeNames.PciDevice) is not null || type.Attribute(AttributeNames.VfioDevice) is not null))
            return;
        foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
        {
            foreach (AttributeData attribute in property.GetAttributes())
            {
                if (WantedBy(attribute, pci, device) is { } wanted)
                    mistakes.Add(RegionRules.NoUse, attribute, property.Name, $"[{attribute.AttributeClass!.Name.Replace("Attribute", "")}]", type.Name, wanted);
            }
        }
    }

    // A budget that nobody has, and a cost of no type.
    private static void CheckParent(INamedTypeSymbol type, Mistakes mistakes)
    {
        bool parent = type.Attribute(AttributeNames.MdevParent) is not null;
        foreach (AttributeData budget in type.Attributes(AttributeNames.MdevBudget).Where(_ => !parent))
            mistakes.Add(RegionRules.NoUse, budget, type.Name, "[MdevBudget]", type.Name, "MdevParent, with [MdevParent]");
        foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (parent && property.Attribute(AttributeNames.MdevType) is not null)
                continue;
            foreach (AttributeData cost in property.Attributes(AttributeNames.MdevCost))
                mistakes.Add(RegionRules.NoUse, cost, property.Name, "[MdevCost]", type.Name, "MdevParent, on a property with [MdevType]");
        }
    }

    private static string? WantedBy(AttributeData attribute, bool pci, bool device)
    {
        if (!pci && s_pci.Any(name => attribute.AttributeClass.Is(name)))
            return "PciDevice";
        if ((pci || !device) && attribute.AttributeClass.Is(AttributeNames.Irq))
            return "VfioDevice, with [VfioDevice]";
        return !device && attribute.AttributeClass.Is(AttributeNames.Region) ? "VfioDevice or PciDevice" : null;
    }
}
