using System.Buffers.Binary;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci.Capabilities;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Pci;

/// <summary>Capabilities, MSI-X and the expansion ROM. The order of the calls is that of the capabilities.</summary>
public sealed partial class PciDeclaration
{
    private uint _leastMsiVectors;

    internal List<PciCapability> Capabilities { get; } = [];
    internal List<(InterruptLine Line, int Vector)> MsixVectors { get; } = [];
    internal MsixLayout? MsixPlace { get; private set; }
    internal RomImage? Rom { get; private set; }

    /// <summary>A <see cref="PowerManagementAttribute"/>.</summary>
    public PciDeclaration PowerManagement(PowerManagementAttribute declared) => Add(new PowerManagementCapability(declared));

    /// <summary>A <see cref="PciExpressAttribute"/>.</summary>
    public PciDeclaration PciExpress(PciExpressAttribute declared) => Add(new PciExpressCapability(declared));

    /// <summary>An <see cref="MsiCapabilityAttribute"/>.</summary>
    public PciDeclaration MsiCapability(MsiCapabilityAttribute declared)
    {
        _leastMsiVectors = (uint)declared.Vectors;
        return Add(new MsiCapability(declared, () => MsiVectorCount));
    }

    /// <summary>An <see cref="MsiXAttribute"/>; where the table lies is said by <see cref="MsiXTable"/>.</summary>
    public PciDeclaration MsiX(InterruptLine line, int vector)
    {
        MsixVectors.Add((line, vector));
        return this;
    }

    /// <summary>An <see cref="MsiXTableAttribute"/>, with what it leaves open.</summary>
    /// <param name="bar">0 to 5; registers may lie there too.</param>
    /// <param name="kind">What the BAR decodes.</param>
    /// <param name="table">Offset of the table, a multiple of 8.</param>
    /// <param name="pba">Offset of the Pending Bit Array, a multiple of 8.</param>
    /// <param name="vectors">1 to 2048.</param>
    /// <param name="offset">Of the capability; 0 for the next free one.</param>
    public PciDeclaration MsiXTable(int bar, BarKind kind, uint table, uint pba, int vectors, int offset = 0)
    {
        var layout = new MsixLayout(bar, kind, table, pba, vectors);
        MsixPlace = layout;
        return Add(new MsixCapability(layout, offset));
    }

    /// <summary>A <see cref="VendorCapabilityAttribute"/>.</summary>
    public PciDeclaration VendorCapability(VendorCapabilityAttribute declared)
    {
        // PCI Local Bus 3.0, appendix H: behind the header lies the length of all of it.
        byte[] body = [(byte)(declared.Bytes.Count + 3), .. declared.Bytes];
        return Add(new ConstantCapability(0x09, extended: false, body, declared.Offset));
    }

    /// <summary>A <see cref="SerialNumberAttribute"/>.</summary>
    /// <param name="serial">EUI-64.</param>
    /// <param name="offset">0 for the next free one.</param>
    public PciDeclaration SerialNumber(ulong serial, int offset = 0)
    {
        byte[] body = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(body, serial);
        return Add(new ConstantCapability(0x0003, extended: true, body, offset));
    }

    /// <summary>A <see cref="CapabilityAttribute"/>; a null block is a capability that this device does not have.</summary>
    public PciDeclaration Capability(byte id, IRegisterBlock? block, int offset = 0) =>
        block is null ? this : Add(new RegisterCapability(id, null, block, offset));

    /// <summary>An <see cref="ExtendedCapabilityAttribute"/>; a null block is a capability that this device does not have.</summary>
    public PciDeclaration ExtendedCapability(ushort id, byte version, IRegisterBlock? block, int offset = 0) =>
        block is null ? this : Add(new RegisterCapability(id, version, block, offset));

    /// <summary>An <see cref="ExpansionRomAttribute"/>; <see langword="null"/> for a device without one.</summary>
    public PciDeclaration ExpansionRom(RomImage? image)
    {
        Rom = image;
        return this;
    }

    private PciDeclaration Add(PciCapability capability)
    {
        Capabilities.Add(capability);
        return this;
    }
}
