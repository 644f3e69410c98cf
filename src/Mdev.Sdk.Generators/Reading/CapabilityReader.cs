using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads the capabilities of a PCI device, on its class and on its properties, and its expansion ROM.</summary>
internal sealed class CapabilityReader(Mistakes mistakes)
{
    private const int PowerManagementSize = 8, PciExpressSize = 60, MsiSize = 14, MaskedMsiSize = 24, SerialNumberSize = 12;
    private const int MsixSize = 12, VendorHeaderSize = 3;

    private readonly List<CapabilityExtent> _extents = [];
    private readonly List<CapabilityExtent> _propertyExtents = [];
    private AttributeData? _serial;

    /// <summary>Those of the class, in source order: they come before MSI and MSI-X, unless these are among them.</summary>
    public List<CapabilityModel> OfClass { get; } = [];

    /// <summary>Those of properties, in source order.</summary>
    public List<CapabilityModel> OfProperties { get; } = [];

    public void ReadClass(INamedTypeSymbol type)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass.Is(AttributeNames.PowerManagement))
                AddAttribute("PowerManagement", attribute, PowerManagementSize);
            else if (attribute.AttributeClass.Is(AttributeNames.PciExpress))
                AddAttribute("PciExpress", attribute, PciExpressSize);
            else if (attribute.AttributeClass.Is(AttributeNames.MsiCapability))
                AddAttribute("MsiCapability", attribute, attribute.Named("Masking", false) ? MaskedMsiSize : MsiSize);
            else if (attribute.AttributeClass.Is(AttributeNames.MsiXTable))
                Add(OfClass, new CapabilityModel("MsiXTable", "", IsMsix: true), Extent(attribute, MsixSize));
            else if (attribute.AttributeClass.Is(AttributeNames.VendorCapability))
                AddAttribute("VendorCapability", attribute, VendorHeaderSize + CountOf(attribute));
            else if (attribute.AttributeClass.Is(AttributeNames.SerialNumber))
                ReadSerialNumber(attribute);
        }
    }

    public void ReadProperty(IPropertySymbol property)
    {
        if (property.Attribute(AttributeNames.Capability) is { } capability && BlockSize(property, headerSize: 2) is { } size)
        {
            string id = $"0x{capability.Argument(0, (byte)0):x2}";
            Add(OfProperties, new("Capability", $"{id}, {Value(property, capability)}"), Extent(capability, size, property: property));
        }

        if (property.Attribute(AttributeNames.ExtendedCapability) is { } extended && BlockSize(property, headerSize: 4) is { } extendedSize)
        {
            byte version = extended.Argument(1, (byte)1);
            if (version > 15)
                mistakes.Add(PciRules.BadIdentity, Place.Of(extended, "version"), "The version of an extended capability has 4 bits, 0 to 15");
            string id = $"0x{extended.Argument(0, (ushort)0):x4}, {version.ToString(CultureInfo.InvariantCulture)}";
            Add(OfProperties, new("ExtendedCapability", $"{id}, {Value(property, extended)}"), Extent(extended, extendedSize, extended: true, property));
        }

        if (property.Attribute(AttributeNames.SerialNumber) is { } serial
            && IsOf(property, property.Type.SpecialType == SpecialType.System_UInt64, "a serial number is a readable property of type ulong"))
        {
            NoteSerialNumber(serial);
            Add(OfProperties, new("SerialNumber", Value(property, serial)), Extent(serial, SerialNumberSize, extended: true));
        }

        if (property.Attribute(AttributeNames.ExpansionRom) is not null
            && IsOf(property, property.Type.Is(AttributeNames.RomImage), "an expansion ROM is a readable property of type RomImage"))
        {
            OfProperties.Add(new("ExpansionRom", property.Name.Identifier()));
        }
    }

    /// <summary>Takes the room of a capability that no attribute of the class places.</summary>
    public void ReserveMsi(Place place) => Reserve(MsiSize, place);

    public void ReserveMsix(Place place) => Reserve(MsixSize, place);

    /// <summary>Checks the layout as far as it is known now: what a type of device leaves out is known when it is made.</summary>
    public void CheckLayout(INamedTypeSymbol type) => CapabilityLayoutRules.Check([.. _extents, .. _propertyExtents], ConfigDataReader.Extents(type), mistakes);

    private void Reserve(int size, Place place) => _extents.Add(new CapabilityExtent(0, size, false, false, place));

    private void ReadSerialNumber(AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Value: ulong serial }])
        {
            if (attribute.ConstructorArguments.IsEmpty)
                mistakes.Add(PciRules.BadIdentity, attribute, "On a class, [SerialNumber] has the number as its argument; a property of type ulong gives each instance its own");
            return;
        }

        NoteSerialNumber(attribute);
        string offset = OffsetOf(attribute) is > 0 and var at ? $", 0x{at:x}" : "";
        Add(OfClass, new("SerialNumber", $"0x{serial:x16}{offset}"), Extent(attribute, SerialNumberSize, extended: true));
    }

    private void NoteSerialNumber(AttributeData attribute)
    {
        if (_serial is not null)
            mistakes.AddPair(PciRules.BadIdentity, attribute, _serial, "A device has one serial number, and this is a second one");
        _serial ??= attribute;
    }

    private void AddAttribute(string method, AttributeData attribute, int size) =>
        Add(OfClass, new CapabilityModel(method, AttributeText.Of(attribute)), Extent(attribute, size));

    private void Add(List<CapabilityModel> list, CapabilityModel model, CapabilityExtent extent)
    {
        list.Add(model);
        (ReferenceEquals(list, OfClass) ? _extents : _propertyExtents).Add(extent);
    }

    private static CapabilityExtent Extent(AttributeData attribute, long size, bool extended = false, IPropertySymbol? property = null) => new(
        OffsetOf(attribute),
        size,
        extended,
        property is { Type.NullableAnnotation: NullableAnnotation.Annotated },
        attribute.HasNamed("Offset") ? Place.Of(attribute, "Offset") : attribute);

    private static int OffsetOf(AttributeData attribute) => attribute.Named("Offset", 0);

    private static int CountOf(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Array, IsNull: false } bytes] ? bytes.Values.Length : 0;

    private static string Value(IPropertySymbol property, AttributeData attribute) =>
        property.Name.Identifier() + (OffsetOf(attribute) is > 0 and var at ? $", 0x{at:x}" : "");

    private uint? BlockSize(IPropertySymbol property, uint headerSize)
    {
        AttributeData? block = property.Type.Attribute(AttributeNames.RegisterBlock);
        if (!IsOf(property, block is not null, "a capability is a readable property whose type is a class with [RegisterBlock]"))
            return null;
        HeaderRegisters.Check(property, headerSize, mistakes);
        return Math.Max(block!.Argument(0, 0u), headerSize);
    }

    private bool IsOf(IPropertySymbol property, bool fits, string wanted)
    {
        if (fits && property.GetMethod is not null)
            return true;
        if (property.Type.TypeKind != TypeKind.Error)
            mistakes.Add(PciRules.WrongCapabilityType, Place.Of(property), property.Name, property.Type.Shown(), wanted);
        return false;
    }
}
