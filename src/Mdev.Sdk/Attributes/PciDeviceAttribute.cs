namespace Mdev.Sdk;

/// <summary>
/// Gives a PCI device its identity in config space. Put it on a <c>partial</c> class derived from
/// <see cref="Pci.PciDevice"/>. Source: PCI Local Bus 3.0, section 6.2.
/// </summary>
/// <param name="vendor">Vendor ID, offset 0x00; 0xffff is not a vendor.</param>
/// <param name="device">Device ID, offset 0x02.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PciDeviceAttribute(ushort vendor, ushort device) : Attribute
{
    /// <summary>Vendor ID.</summary>
    public ushort Vendor { get; } = vendor;

    /// <summary>Device ID.</summary>
    public ushort Device { get; } = device;

    /// <summary>Class code, 24 bits as base class, sub-class, programming interface: <c>0x07_00_02</c> is a 16550 UART.</summary>
    public uint Class { get; set; }

    /// <summary>Revision ID, offset 0x08.</summary>
    public byte Revision { get; set; }

    /// <summary>Subsystem vendor ID, offset 0x2c.</summary>
    public ushort SubsystemVendor { get; set; }

    /// <summary>Subsystem ID, offset 0x2e.</summary>
    public ushort Subsystem { get; set; }

    /// <summary>Command register after reset, offset 0x04. Bit 0 decodes I/O, bit 1 memory, bit 2 masters the bus.</summary>
    public ushort Command { get; set; }

    /// <summary>
    /// Status register after reset, offset 0x06; bit 4 (capabilities list) is set by the SDK where there are any.
    /// </summary>
    public ushort Status { get; set; }
}
