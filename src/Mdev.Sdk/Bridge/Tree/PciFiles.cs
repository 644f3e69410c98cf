using Mdev.Sdk.Bridge.Files;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Bridge.Tree;

/// <summary>What sysfs shows of a PCI device, as far as lspci and its like read it. Source: Linux ABI/testing/sysfs-bus-pci.</summary>
internal static class PciFiles
{
    private const int Lines = 13;

    // linux/ioport.h, IORESOURCE_*.
    private const uint Io = 0x100, Memory = 0x200, Prefetch = 0x2000, ReadOnly = 0x4000, SizeAlign = 0x40000, Memory64 = 0x100000;

    public static void AddTo(Folder folder, PciDevice device, CallGuard guard)
    {
        folder.Add("config", new RegionFile(device, PciDevice.ConfigRegion, RegionRule.Sysfs, guard, 0x1a4)); // 0644
        for (uint bar = 0; bar < PciDevice.RomRegionIndex; bar++)
        {
            if (device.RegionSize(bar) != 0)
                folder.Add(string.Create(CultureInfo.InvariantCulture, $"resource{bar}"), new RegionFile(device, bar, RegionRule.Sysfs, guard, 0x180)); // 0600
        }
        Add("resource", () => Resources(device));
        Add("vendor", () => $"0x{PciSummary.Of(device).Vendor:x4}");
        Add("device", () => $"0x{PciSummary.Of(device).Device:x4}");
        Add("subsystem_vendor", () => $"0x{PciSummary.Of(device).SubsystemVendor:x4}");
        Add("subsystem_device", () => $"0x{PciSummary.Of(device).Subsystem:x4}");
        Add("class", () => $"0x{PciSummary.Of(device).Class:x6}");
        Add("revision", () => $"0x{PciSummary.Of(device).Revision:x2}");
        Add("irq", () => "0");

        void Add(string name, Func<string> show) => folder.Add(name, AttributeFile.Of(() => guard.Call(show)));
    }

    // Where the client has programmed the BARs to, which is what the guest sees too.
    private static string Resources(PciDevice device)
    {
        byte[] config = new byte[ConfigOffset.DeviceSpecific];
        device.Peek(PciDevice.ConfigRegion, 0, config);
        var text = new StringBuilder();
        for (uint line = 0; line < Lines; line++)
        {
            ulong size = line <= PciDevice.RomRegionIndex ? device.RegionSize(line) : 0;
            (ulong start, uint flags) = size == 0 ? (0, 0)
                : line == PciDevice.RomRegionIndex ? Rom(config)
                : Bar(config.AsSpan(ConfigOffset.Bar0 + (4 * (int)line)));
            ulong end = size == 0 ? 0 : start + size - 1;
            text.Append(CultureInfo.InvariantCulture, $"0x{start:x16} 0x{end:x16} 0x{flags:x16}\n");
        }
        return text.ToString();
    }

    // PCI Local Bus 3.0, section 6.2.5.1; the register's own low bits are part of the flags.
    private static (ulong Start, uint Flags) Bar(ReadOnlySpan<byte> bytes)
    {
        uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if ((low & 0x1) != 0)
            return (low & ~0x3u, Io | SizeAlign | (low & 0x3));
        bool wide = (low & 0x6) == 0x4;
        ulong start = (low & ~0xfu) | (wide ? (ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) << 32 : 0);
        return (start, Memory | SizeAlign | (low & 0xf) | ((low & 0x8) != 0 ? Prefetch : 0) | (wide ? Memory64 : 0));
    }

    private static (ulong Start, uint Flags) Rom(ReadOnlySpan<byte> config)
    {
        uint rom = BinaryPrimitives.ReadUInt32LittleEndian(config[ConfigOffset.ExpansionRom..]);
        return (rom & ~0x7ffu, Memory | Prefetch | ReadOnly | SizeAlign | (rom & 0x1));
    }
}
