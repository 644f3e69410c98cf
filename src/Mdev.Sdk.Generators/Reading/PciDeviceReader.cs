using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads a class with <c>[PciDevice]</c>.</summary>
internal static class PciDeviceReader
{
    private static readonly string[] s_identity =
        ["Class", "Revision", "SubsystemVendor", "Subsystem", "Command", "Status"];

    public static PciDeviceModel? Read(INamedTypeSymbol type, Mistakes mistakes, CancellationToken cancel)
    {
        if (type.Attribute(AttributeNames.PciDevice) is not { } attribute
            || TypeShell.Read(type, mistakes, cancel) is not { } shell)
        {
            return null;
        }

        bool based = type.BaseNamed(AttributeNames.PciDeviceBase) is not null;
        if (!based)
            mistakes.Add(TypeRules.WrongBase, Place.Of(type), type.Name, "[PciDevice]", "Mdev.Sdk.Pci.PciDevice");
        if (type.WhyNotInstantiable() is { } why)
            mistakes.Add(TypeRules.GenericOrAbstract, Place.Of(type), type.Name, why);

        ushort vendor = attribute.Argument(0, (ushort)0), device = attribute.Argument(1, (ushort)0);
        if (vendor == 0xffff)
            mistakes.Add(PciRules.BadIdentity, Place.Of(attribute, "vendor"), "Vendor 0xffff is what an empty slot reads as; use your vendor's ID");
        if (attribute.Named("Class", 0u) > 0xff_ffff)
            mistakes.Add(PciRules.BadIdentity, Place.Of(attribute, "Class"), "Class has 24 bits, base class, sub-class and programming interface: 0x07_00_02 is a 16550 UART");

        EquatableArray<ConfigDataModel> data = ConfigDataReader.Read(type, mistakes);
        EquatableArray<SavedMember> saved = SavedMemberReader.Read(type, mistakes, cancel);
        PciMembers members = PciMembers.Read(type, mistakes, cancel);
        IdentityRules.Check(type, attribute, members.Bars, mistakes);
        CapabilityReader capabilities = members.Capabilities;
        capabilities.ReadClass(type);
        MsiCapabilityRules.Check(type, members, mistakes);
        MsixModel? msix = members.Msix.Read(type, members.Bars);
        if (members.Msi is { } msi && type.Attribute(AttributeNames.MsiCapability) is null)
            capabilities.ReserveMsi(msi);
        if (msix is { Attributed: false })
            capabilities.ReserveMsix(members.Msix.First!);
        capabilities.CheckLayout(type);

        // Without the base there is nothing to override, and code that tries would only add the compiler's complaints.
        if (!based)
            return null;
        return new PciDeviceModel(
            shell,
            vendor,
            device,
            Identity(attribute).ToEquatableArray(),
            data,
            members.Bars.Models.OrderBy(b => b.Index).ToEquatableArray(),
            members.Pins.ToEquatableArray(),
            members.Vectors.OrderBy(v => v.Vector).ToEquatableArray(),
            type.Declares("Declare", m => m is IMethodSymbol { IsOverride: true }),
            mistakes.Fatal)
        {
            Capabilities = capabilities.OfClass.ToEquatableArray(),
            PropertyCapabilities = capabilities.OfProperties.ToEquatableArray(),
            Msix = msix,
            Regions = members.Regions,
            Saved = saved,
        };
    }

    private static IEnumerable<string> Identity(AttributeData attribute)
    {
        foreach (string name in s_identity)
        {
            if (attribute.NamedArguments.FirstOrDefault(a => a.Key == name) is { Key: not null, Value.Value: { } value })
            {
                string digits = value is byte ? "x2" : value is ushort ? "x4" : "x6";
                yield return $"{name} = 0x{((IFormattable)value).ToString(digits, CultureInfo.InvariantCulture)}";
            }
        }
    }
}
