using System.Numerics;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci.Capabilities;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Pci;

/// <summary>
/// What the attributes of a PCI device say, told to the SDK by generated code: one call an attribute, in
/// <see cref="PciDevice.Declare"/>.
/// </summary>
public sealed partial class PciDeclaration
{
    internal PciDeclaration() { }

    internal PciDeviceAttribute? IdentityAttribute { get; private set; }
    internal List<(int Offset, byte[] Bytes)> Data { get; } = [];
    internal List<(int Index, BarKind Kind, IRegisterBlock Block)> Bars { get; } = [];
    internal List<InterruptLine> IntxLines { get; } = [];
    internal byte InterruptPin { get; private set; }
    internal List<(InterruptLine Line, int Vector, bool Capability)> MsiVectors { get; } = [];

    /// <summary>A power of two, as the MSI capability can express no other; 0 without MSI.</summary>
    internal uint MsiVectorCount =>
        MsiVectors.Count == 0 ? 0 : Math.Max(_leastMsiVectors, BitOperations.RoundUpToPowerOf2((uint)MsiVectors.Max(v => v.Vector) + 1));

    /// <summary>The identity of <see cref="PciDeviceAttribute"/>.</summary>
    public PciDeclaration Identity(PciDeviceAttribute identity)
    {
        IdentityAttribute = identity;
        return this;
    }

    /// <summary>A <see cref="ConfigDataAttribute"/>.</summary>
    public PciDeclaration ConfigData(int offset, params byte[] bytes)
    {
        Data.Add((offset, bytes));
        return this;
    }

    /// <summary>A <see cref="BarAttribute"/>; a null block is a BAR that this device does not have.</summary>
    public PciDeclaration Bar(int index, BarKind kind, IRegisterBlock? block)
    {
        if (block is not null)
            Bars.Add((index, kind, block));
        return this;
    }

    /// <summary>An <see cref="IntXAttribute"/>.</summary>
    public PciDeclaration IntX(InterruptLine line, byte pin)
    {
        IntxLines.Add(line);
        InterruptPin = pin;
        return this;
    }

    /// <summary>An <see cref="MsiAttribute"/>.</summary>
    public PciDeclaration Msi(InterruptLine line, int vector, bool capability)
    {
        MsiVectors.Add((line, vector, capability));
        if (capability && !Capabilities.Exists(c => c is MsiCapability))
            MsiCapability(new MsiCapabilityAttribute());
        return this;
    }
}
