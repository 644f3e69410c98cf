namespace Mdev.Sdk.Pci;

/// <summary>Offsets in config space. Source: PCI Local Bus 3.0, figure 6-1 (type 0 header).</summary>
internal static class ConfigOffset
{
    public const int VendorId = 0x00;
    public const int DeviceId = 0x02;
    public const int Command = 0x04;
    public const int Status = 0x06;
    public const int RevisionId = 0x08;
    public const int ClassCode = 0x09;
    public const int Bar0 = 0x10;
    public const int SubsystemVendorId = 0x2c;
    public const int SubsystemId = 0x2e;
    public const int ExpansionRom = 0x30;
    public const int CapabilitiesPointer = 0x34;
    public const int InterruptLine = 0x3c;
    public const int InterruptPin = 0x3d;

    /// <summary>The header ends and the device's own part begins.</summary>
    public const int DeviceSpecific = 0x40;

    /// <summary>The list of extended capabilities begins. Source: PCI Express Base 5.0, section 7.6.</summary>
    public const int Extended = 0x100;
}
