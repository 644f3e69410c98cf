using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads the properties of a PCI device: <c>[Bar]</c>, <c>[IntX]</c>, <c>[Msi]</c>, <c>[MsiX]</c>, capabilities.</summary>
internal sealed partial class PciMembers(Mistakes mistakes)
{
    private const uint LargestIoBar = 256;
    private const uint LargestMemoryBar = 0x8000_0000;

    private readonly Dictionary<int, AttributeData> _wide = [];
    private readonly Dictionary<int, AttributeData> _bars = [];
    private readonly HashSet<string> _notLines = [];
    private AttributeData? _pin;

    public List<BarModel> Bars { get; } = [];

    public List<IntXModel> Pins { get; } = [];

    public List<MsiModel> Vectors { get; } = [];

    public MsixReader Msix { get; } = new(mistakes);

    public CapabilityReader Capabilities { get; } = new(mistakes);

    public static PciMembers Read(INamedTypeSymbol type, Mistakes mistakes, CancellationToken cancel)
    {
        var members = new PciMembers(mistakes);
        foreach (IPropertySymbol property in Inherited(type).SelectMany(t => t.GetMembers()).OfType<IPropertySymbol>())
        {
            cancel.ThrowIfCancellationRequested();
            if (property.Attribute(AttributeNames.Bar) is { } bar)
                members.ReadBar(property, bar);
            if (property.Attribute(AttributeNames.IntX) is { } intx)
                members.ReadIntX(property, intx);
            if (property.Attribute(AttributeNames.Msi) is { } msi)
                members.ReadMsi(property, msi);
            if (property.Attribute(AttributeNames.MsiX) is { } msix && members.IsLine(property))
                members.Msix.ReadLine(property, msix);
            members.Capabilities.ReadProperty(property);
        }

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

    private void ReadBar(IPropertySymbol property, AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Value: int index }, var kind])
            return;

        Place place = Place.Of(attribute, "index");
        if (index is < 0 or > 5)
            mistakes.Add(PciRules.BadBarIndex, place, Text(index), "does not exist");
        else if (_bars.TryGetValue(index, out AttributeData? other))
            mistakes.AddPair(PciRules.BadBarIndex, place, Place.Of(other, "index"), Text(index), "is used twice");
        else
            _bars.Add(index, attribute);

        // PCI Local Bus 3.0, section 6.2.5.1: the upper half of a 64-bit address lies in the next register.
        if (kind.EnumText().Contains(".Memory64"))
        {
            if (index == 5)
                mistakes.Add(PciRules.NoUpperHalf, place, Text(index), "there is none");
            else if (_bars.TryGetValue(index + 1, out AttributeData? taken))
                mistakes.AddPair(PciRules.NoUpperHalf, place, Place.Of(taken, "index"), Text(index), $"BAR {Text(index + 1)} is declared");
        }
        else if (_wide.TryGetValue(index - 1, out AttributeData? wide))
        {
            mistakes.AddPair(PciRules.NoUpperHalf, Place.Of(wide, "index"), place, Text(index - 1), $"BAR {Text(index)} is declared");
        }

        if (kind.EnumText().Contains(".Memory64") && !_wide.ContainsKey(index))
            _wide.Add(index, attribute);

        if (property.GetMethod is null || property.Type.Attribute(AttributeNames.RegisterBlock) is not { } block)
        {
            if (property.Type.TypeKind != TypeKind.Error)
                mistakes.Add(PciRules.NotABlock, Place.Of(property), property.Name, property.Type.Shown());
            return;
        }

        string kindText = kind.EnumText();
        uint size = block.Argument(0, 0u);
        if (kindText.EndsWith(".Io", StringComparison.Ordinal))
        {
            if (size > LargestIoBar)
                mistakes.Add(PciRules.IoBarTooLarge, Place.Of(attribute, "kind"), property.Type.Name, Text(size));
        }
        else if (size > LargestMemoryBar)
        {
            mistakes.Add(PciRules.BarTooLarge, Place.Of(attribute, "kind"), property.Type.Name, Text(size));
        }

        _blocks.Add((index, attribute, property.Name, 0, size));
        Bars.Add(new BarModel(index, kindText, property.Name.Identifier()));
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
