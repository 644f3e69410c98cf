using Mdev.Sdk.Device;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Export;

/// <summary>All that the formats say of a device, gathered once.</summary>
/// <param name="Name">The parent's name, after which constants are named.</param>
/// <param name="Type">The type's id.</param>
/// <param name="Title">What people read.</param>
/// <param name="Identity">Of a PCI device.</param>
/// <param name="Regions">Those that the device has, by index.</param>
internal sealed record DeviceSheet(
    string Name, string Type, string Title, PciSummary? Identity, IReadOnlyList<SheetRegion> Regions)
{
    private const ulong Page = 0x1000;

    /// <summary>What VFIO calls such a device: vfio-pci, vfio-platform.</summary>
    public string Api { get; init; } = "vfio-pci";

    /// <summary>The maps of all blocks, inner ones included, each once, in the order in which they are met.</summary>
    public IReadOnlyList<RegisterMap> Maps
    {
        get
        {
            var maps = new List<RegisterMap>();
            foreach (PlacedBlock block in Regions.SelectMany(r => r.Blocks))
                Collect(block.Map, maps);
            return maps;
        }
    }

    public static DeviceSheet Of(VfioDevice device, MdevType type)
    {
        var pci = device as PciDevice;
        var regions = new List<SheetRegion>();

        // A machine decides where a region lies; the formats that need an address get one after the other.
        ulong address = 0;
        for (uint index = 0; index < (uint)device.RegionCount; index++)
        {
            ulong size = device.RegionSize(index);
            if (size == 0)
                continue;
            (string name, string kind) = pci is null ? ($"REGION{index}", "region") : PciSummary.NameOf(pci, index);
            regions.Add(new SheetRegion(name, kind + TraitsOf(device.RegionAt(index)), size, address, device.BlocksOf(index)) { Memory = device.MemoryOf(index) });
            address += (size + Page - 1) / Page * Page;
        }

        return new DeviceSheet(type.Parent.Name, type.Id, type.PrettyName, pci is null ? null : PciSummary.Of(pci), regions) { Api = ApiOf(device.Flags) };
    }

    // linux/vfio.h, VFIO_DEVICE_API_*_STRING.
    private static string ApiOf(DeviceFlags flags) => (flags & ~DeviceFlags.Reset) switch
    {
        DeviceFlags.Platform => "vfio-platform",
        DeviceFlags.Amba => "vfio-amba",
        DeviceFlags.Ccw => "vfio-ccw",
        DeviceFlags.Ap => "vfio-ap",
        _ => "vfio-pci",
    };

    private static string TraitsOf(Region? region)
    {
        RegionTraits traits = region?.Traits ?? default;
        string type = traits.Type == 0 ? "" : $", type {ExportText.Hex(traits.Type)}, subtype {ExportText.Hex(traits.Subtype)}";
        return type + (traits.ReadOnly ? ", read-only" : traits.WriteOnly ? ", write-only" : "");
    }

    // A block that can hold one of its own kind is met once.
    private static void Collect(RegisterMap map, List<RegisterMap> maps)
    {
        if (maps.Contains(map))
            return;
        maps.Add(map);
        foreach (InnerBlockInfo inner in map.Blocks)
            Collect(inner.Map, maps);
    }
}
