using System.Buffers.Binary;
using Mdev.Sdk.Observation;

namespace Mdev.Tool.Inspect;

/// <summary>
/// Config space in the manner of <c>lspci -vvv</c>. Sources: PCI Local Bus 3.0, chapter 6; PCI Bus Power Management 1.2, section 3.2.
/// </summary>
internal static class PciLines
{
    public static IReadOnlyList<string[]> Of(PciSnapshot pci, IReadOnlyList<RegionSnapshot> regions)
    {
        ReadOnlySpan<byte> config = pci.Config.Span;
        List<string[]> lines =
        [
            ["Device", Text($"{pci.Vendor:x4}:{pci.Device:x4} (rev {pci.Revision:x2}), subsystem {pci.SubsystemVendor:x4}:{pci.Subsystem:x4}")],
            ["Class", Text($"{pci.Class >> 8:x4}, interface {pci.Class & 0xff:x2}")],
            ["Control", Flags(Word(config, 0x04), "I/O Mem BusMaster SpecCycle MemWINV VGASnoop ParErr Stepping SERR FastB2B DisINTx")],
            ["Status", Flags((uint)Word(config, 0x06) >> 3, "INTx Cap 66MHz - FastB2B ParErr - - >TAbort <TAbort <MAbort >SERR <PERR")],
        ];
        if (pci.InterruptPin != 0)
            lines.Add(["Interrupt", Text($"pin {(char)('A' + pci.InterruptPin - 1)}, line {config[0x3c]}")]);
        if (pci.PowerState != "D0")
            lines.Add(["Power", pci.PowerState]);
        foreach (RegionSnapshot region in regions.Where(r => r.Index <= 6))
            lines.Add([region.Name, BarOf(config, region)]);
        foreach (CapabilitySnapshot capability in pci.Capabilities)
            lines.Add([Text($"Capability [{capability.Offset:x2}]"), capability.Name + DetailsOf(config, (int)capability.Offset)]);
        return lines;
    }

    private static string BarOf(ReadOnlySpan<byte> config, RegionSnapshot region)
    {
        const int Rom = 6, RomRegister = 0x30;
        uint low = Dword(config, region.Index == Rom ? RomRegister : 0x10 + (4 * region.Index));
        bool isPorts = region.Index != Rom && (low & 1) != 0, isWide = region.Index != Rom && (low & 7) == 4;
        ulong address = region.Index == Rom ? low & ~0x7ffu : isPorts ? low & ~3u : low & ~0xfu;
        if (isWide && region.Index < 5)
            address |= (ulong)Dword(config, 0x14 + (4 * region.Index)) << 32;
        string disabled = region.Index == Rom && (low & 1) == 0 ? ", disabled" : "";
        return Text($"{region.Kind} at 0x{address:x}, size {region.Size}{disabled}");
    }

    private static string DetailsOf(ReadOnlySpan<byte> config, int at)
    {
        if (at >= 0x100 || at + 8 > config.Length)
            return "";
        ushort control = Word(config, at + 2);
        return config[at] switch
        {
            0x01 => Text($": D{config[at + 4] & 3}"),
            0x05 => Text($": Enable{Sign(control & 1)} Count={1 << ((control >> 4) & 7)}/{1 << ((control >> 1) & 7)} 64bit{Sign(control & 0x80)} Maskable{Sign(control & 0x100)}"),
            0x10 => Text($" v{control & 0xf}, type {(control >> 4) & 0xf}"),
            0x11 => Text($": Enable{Sign(control & 0x8000)} Count={(control & 0x7ff) + 1} Masked{Sign(control & 0x4000)}, table {PlaceOf(config, at + 4)}, PBA {PlaceOf(config, at + 8)}"),
            _ => "",
        };
    }

    private static string PlaceOf(ReadOnlySpan<byte> config, int at) =>
        at + 4 > config.Length ? "?" : Text($"BAR{Dword(config, at) & 7}+0x{Dword(config, at) & ~7u:x}");

    // A name for each bit from the lowest on; a dash where the bit is none.
    private static string Flags(uint bits, string names) => string.Join(' ', names.Split(' ').Index()
        .Where(n => n.Item != "-").Select(n => n.Item + Sign((int)(bits >> n.Index) & 1)));

    private static char Sign(int bit) => bit != 0 ? '+' : '-';

    private static ushort Word(ReadOnlySpan<byte> config, int at) => BinaryPrimitives.ReadUInt16LittleEndian(config[at..]);

    private static uint Dword(ReadOnlySpan<byte> config, int at) => BinaryPrimitives.ReadUInt32LittleEndian(config[at..]);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
