using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads a class with <c>[VfioDevice]</c>.</summary>
internal sealed class VfioDeviceReader(Mistakes mistakes)
{
    // Source: QEMU's vfio-user client.
    private const int LastIrq = 49;

    private readonly RegionReader _regions = new(mistakes, first: 0);
    private readonly Dictionary<int, (AttributeData Attribute, string Kind)> _kinds = [];
    private readonly List<IrqModel> _irqs = [];

    public static VfioDeviceModel? Read(INamedTypeSymbol type, Mistakes mistakes, CancellationToken cancel)
    {
        if (type.Attribute(AttributeNames.VfioDevice) is not { } attribute
            || TypeShell.Read(type, mistakes, cancel) is not { } shell)
        {
            return null;
        }

        bool pci = type.BaseNamed(AttributeNames.PciDeviceBase) is not null;
        bool based = type.BaseNamed(AttributeNames.VfioDeviceBase) is not null;
        if (pci)
            mistakes.Add(TypeRules.WrongBase, Place.Of(type), type.Name, "[VfioDevice]", "Mdev.Sdk.Device.VfioDevice, and not from Mdev.Sdk.Pci.PciDevice");
        else if (!based)
            mistakes.Add(TypeRules.WrongBase, Place.Of(type), type.Name, "[VfioDevice]", "Mdev.Sdk.Device.VfioDevice");
        if (type.WhyNotInstantiable() is { } why)
            mistakes.Add(TypeRules.GenericOrAbstract, Place.Of(type), type.Name, why);

        // Who has both is told of it, and [PciDevice] completes the class.
        if (!based || (pci && type.Attribute(AttributeNames.PciDevice) is not null))
            return null;

        EquatableArray<SavedMember> saved = SavedMemberReader.Read(type, mistakes, cancel);
        var reader = new VfioDeviceReader(mistakes);
        if (!pci)
            reader.ReadMembers(type, cancel);
        return new VfioDeviceModel(
            shell,
            ApiOf(attribute),
            reader._regions.Finish(),
            reader._irqs.OrderBy(i => i.Index).ToEquatableArray(),
            type.Declares("Declare", m => m is IMethodSymbol { IsOverride: true }),
            mistakes.Fatal)
        {
            DerivesFromPci = pci,
            Saved = saved,
        };
    }

    /// <summary>As code names it.</summary>
    public static string ApiOf(AttributeData attribute) =>
        attribute.ConstructorArguments is [var api] ? api.EnumText() : "default";

    private void ReadMembers(INamedTypeSymbol type, CancellationToken cancel)
    {
        // From the base down: what a family of devices shares is declared once.
        var types = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? at = type; at is not null && !at.Is(AttributeNames.VfioDeviceBase); at = at.BaseType)
            types.Push(at);
        foreach (IPropertySymbol property in types.SelectMany(t => t.GetMembers()).OfType<IPropertySymbol>())
        {
            cancel.ThrowIfCancellationRequested();
            if (property.Attribute(AttributeNames.Region) is { } region)
                _regions.Read(property, region);
            if (property.Attribute(AttributeNames.Irq) is { } irq)
                ReadIrq(property, irq);
        }
    }

    private void ReadIrq(IPropertySymbol property, AttributeData attribute)
    {
        if (property.GetMethod is null || !property.Type.Is(AttributeNames.InterruptLine))
        {
            if (property.Type.TypeKind != TypeKind.Error)
                mistakes.Add(InterruptRules.NotALine, Place.Of(property), property.Name, property.Type.Shown());
            return;
        }

        if (attribute.ConstructorArguments is not [{ Value: int index }, var kindArgument])
            return;
        string kind = kindArgument.EnumText(), text = index.ToString(CultureInfo.InvariantCulture);
        if (index is < 0 or > LastIrq)
            mistakes.Add(InterruptRules.BadIrq, Place.Of(attribute, "index"), text, $"does not exist; a device has interrupts 0 to {LastIrq}");
        else if (!_kinds.TryGetValue(index, out (AttributeData Attribute, string Kind) other))
            _kinds.Add(index, (attribute, kind));
        else if (other.Kind != kind)
            mistakes.AddPair(InterruptRules.BadIrq, attribute, other.Attribute, text, "is an edge for one line and a level for another; lines that share an interrupt agree on its kind");
        _irqs.Add(new IrqModel(index, kind, property.Name.Identifier()));
    }
}
