using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads the properties of a PCI device: <c>[Bar]</c>, <c>[Region]</c>, <c>[IntX]</c>, <c>[Msi]</c>, <c>[MsiX]</c>, capabilities.</summary>
internal sealed class PciMembers(Mistakes mistakes)
{
    private readonly RegionReader _regions = new(mistakes, RegionReader.FirstOfPci);
    private readonly HashSet<string> _notLines = [];
    private AttributeData? _pin;

    public BarReader Bars { get; } = new(mistakes);

    public EquatableArray<RegionModel> Regions { get; private set; }

    public List<IntXModel> Pins { get; } = [];

    public List<MsiModel> Vectors { get; } = [];

    /// <summary>The first line whose vector shows a capability; null without any.</summary>
    public AttributeData? Msi { get; private set; }

    public MsixReader Msix { get; } = new(mistakes);

    public CapabilityReader Capabilities { get; } = new(mistakes);

    public static PciMembers Read(INamedTypeSymbol type, Mistakes mistakes, CancellationToken cancel)
    {
        var members = new PciMembers(mistakes);
        foreach (IPropertySymbol property in Inherited(type).SelectMany(t => t.GetMembers()).OfType<IPropertySymbol>())
        {
            cancel.ThrowIfCancellationRequested();
            if (property.Attribute(AttributeNames.Bar) is { } bar)
                members.Bars.Read(property, bar);
            if (property.Attribute(AttributeNames.Region) is { } region)
                members._regions.Read(property, region);
            if (property.Attribute(AttributeNames.IntX) is { } intx)
                members.ReadIntX(property, intx);
            if (property.Attribute(AttributeNames.Msi) is { } msi)
                members.ReadMsi(property, msi);
            if (property.Attribute(AttributeNames.MsiX) is { } msix && members.IsLine(property))
                members.Msix.ReadLine(property, msix);
            members.Capabilities.ReadProperty(property);
        }

        members.Bars.Finish();
        members.Regions = members._regions.Finish();
        return members;
    }

    /// <summary>From the base down: what a family of devices shares is declared once.</summary>
    private static Stack<INamedTypeSymbol> Inherited(INamedTypeSymbol type)
    {
        var types = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? at = type; at is not null && !at.Is(AttributeNames.PciDeviceBase); at = at.BaseType)
            types.Push(at);
        return types;
    }

    private void ReadIntX(IPropertySymbol property, AttributeData attribute)
    {
        if (!IsLine(property))
            return;
        byte pin = attribute.Named("Pin", (byte)1);
        if (pin is < 1 or > 4)
            mistakes.Add(InterruptRules.BadPin, Place.Of(attribute, "Pin"), property.Name, $"asks for pin {Text(pin)}");
        else if (_pin is not null && _pin.Named("Pin", (byte)1) != pin)
            mistakes.AddPair(InterruptRules.BadPin, attribute, _pin, property.Name, $"asks for a second one, {Text(pin)}");
        _pin ??= attribute;
        Pins.Add(new IntXModel(property.Name.Identifier(), pin));
    }

    private void ReadMsi(IPropertySymbol property, AttributeData attribute)
    {
        if (!IsLine(property))
            return;
        int vector = attribute.Argument(0, 0);
        Place place = Place.Of(attribute, "vector");
        if (vector is < 0 or > 31)
            mistakes.Add(InterruptRules.BadVector, place, "MSI", Text(vector), "31");
        if (attribute.Named("Capability", true))
            Msi ??= attribute;
        Vectors.Add(new MsiModel(property.Name.Identifier(), vector, attribute.Named("Capability", true)));
    }

    private bool IsLine(IPropertySymbol property)
    {
        if (property.GetMethod is not null && property.Type.Is(AttributeNames.InterruptLine))
            return true;
        if (property.Type.TypeKind != TypeKind.Error)
        {
            // [IntX, Msi] on a wrong property is one mistake.
            if (_notLines.Add(property.Name))
                mistakes.Add(InterruptRules.NotALine, Place.Of(property), property.Name, property.Type.Shown());
        }

        return false;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
