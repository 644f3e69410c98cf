using System.Buffers.Binary;

namespace Mdev.Sdk.Pci;

/// <summary>What config space says of a device, for data sheets: read as a guest reads it, without side effects.</summary>
/// <param name="Vendor">Vendor ID.</param>
/// <param name="Device">Device ID.</param>
/// <param name="Class">24-bit class code.</param>
/// <param name="Revision">Revision ID.</param>
/// <param name="SubsystemVendor">Subsystem vendor ID.</param>
/// <param name="Subsystem">Subsystem ID.</param>
/// <param name="InterruptPin">1 is INTA; 0 is none.</param>
/// <param name="Capabilities">By name, in the order of the list.</param>
internal sealed record PciSummary(
    ushort Vendor,
    ushort Device,
    uint Class,
    byte Revision,
    ushort SubsystemVendor,
    ushort Subsystem,
    byte InterruptPin,
    IReadOnlyList<(uint Offset, string Name)> Capabilities)
{
    private const int RomRegion = 6, VgaRegion = 8;

    public static PciSummary Of(PciDevice device)
    {
        byte[] config = new byte[device.RegionSize(PciDevice.ConfigRegion)];
        device.Peek(PciDevice.ConfigRegion, 0, config);
        return Of(config);
    }

    /// <summary>What bytes of config space say.</summary>
    /// <param name="config">256 or 4096 of them.</param>
    public static PciSummary Of(byte[] config)
    {
        return new PciSummary(
            Word(config, ConfigOffset.VendorId),
            Word(config, ConfigOffset.DeviceId),
            BinaryPrimitives.ReadUInt32LittleEndian(config.AsSpan(ConfigOffset.RevisionId)) >> 8,
            config[ConfigOffset.RevisionId],
            Word(config, ConfigOffset.SubsystemVendorId),
            Word(config, ConfigOffset.SubsystemId),
            config[ConfigOffset.InterruptPin],
            [.. ListOf(config), .. ExtendedListOf(config)]);
    }

    /// <summary>What a data sheet calls a region, and what it is.</summary>
    public static (string Name, string Kind) NameOf(PciDevice device, uint region)
    {
        switch (region)
        {
            case < RomRegion:
                Span<byte> bar = stackalloc byte[4];
                device.Peek(PciDevice.ConfigRegion, ConfigOffset.Bar0 + (4 * region), bar);
                return ($"BAR{region}", KindOf(bar[0]));
            case RomRegion:
                return ("ROM", "expansion ROM");
            case PciDevice.ConfigRegion:
                return ("CONFIG", "config space");
            case VgaRegion:
                return ("VGA", "legacy VGA ranges");
            default:
                return ($"REGION{region}", "device-specific region");
        }
    }

    // PCI Local Bus 3.0, section 6.2.5.1.
    private static string KindOf(byte bar)
    {
        if ((bar & 0x1) != 0)
            return "I/O ports";
        return $"{((bar & 0x6) == 0x4 ? "64" : "32")}-bit memory{((bar & 0x8) != 0 ? ", prefetchable" : "")}";
    }

    // PCI Local Bus 3.0, section 6.7. A list has no more entries than fit, whatever a device has written there.
    private static IEnumerable<(uint Offset, string Name)> ListOf(byte[] config)
    {
        const int StatusList = 0x10, Most = 48;
        if ((config[ConfigOffset.Status] & StatusList) == 0)
            yield break;
        int at = config[ConfigOffset.CapabilitiesPointer] & ~3;
        for (int i = 0; i < Most && at >= ConfigOffset.DeviceSpecific; i++, at = config[at + 1] & ~3)
        {
            yield return ((uint)at, config[at] switch
            {
                0x01 => "power management",
                0x03 => "vital product data",
                0x05 => "MSI",
                0x09 => "vendor-specific",
                0x10 => "PCI Express",
                0x11 => "MSI-X",
                byte id => $"capability 0x{id:x2}",
            });
        }
    }

    // PCI Express Base 3.0, section 7.9.
    private static IEnumerable<(uint Offset, string Name)> ExtendedListOf(byte[] config)
    {
        const int First = 0x100, Most = 960;
        int at = First;
        for (int i = 0; i < Most && at >= First && at + 4 <= config.Length; i++)
        {
            uint header = BinaryPrimitives.ReadUInt32LittleEndian(config.AsSpan(at));
            if (header == 0)
                yield break;
            yield return ((uint)at, (header & 0xffff) switch
            {
                0x0001 => "advanced error reporting",
                0x0003 => "device serial number",
                0x000b => "vendor-specific (extended)",
                uint id => $"extended capability 0x{id:x4}",
            });
            at = (int)(header >> 20) & ~3;
        }
    }

    private static ushort Word(byte[] config, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(config.AsSpan(offset));
}
