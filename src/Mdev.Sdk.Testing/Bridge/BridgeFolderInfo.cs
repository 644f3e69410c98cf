using System.Text.Json;

namespace Mdev.Sdk.Testing.Bridge;

/// <summary>What the file <c>info</c> of a bridge's folder says of the device, in VFIO's numbers.</summary>
/// <param name="Uuid">The instance.</param>
/// <param name="Device">As DEVICE_GET_INFO.</param>
/// <param name="Regions">Those that have a size, by index.</param>
/// <param name="Irqs">Those that have a count, by index.</param>
internal sealed record BridgeFolderInfo(
    Guid Uuid, VfioDeviceInfo Device, IReadOnlyDictionary<uint, VfioRegionInfo> Regions, IReadOnlyDictionary<uint, VfioIrqInfo> Irqs)
{
    private const uint Caps = 8;

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="InvalidDataException">It is not of that form.</exception>
    public static BridgeFolderInfo Parse(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            return new(
                root.GetProperty("uuid").GetGuid(),
                new(Number(root, "flags"), Number(root, "num_regions"), Number(root, "num_irqs")),
                root.GetProperty("regions").EnumerateArray().ToDictionary(region => Number(region, "index"), Region),
                root.GetProperty("irqs").EnumerateArray().ToDictionary(
                    irq => Number(irq, "index"), irq => new VfioIrqInfo(Number(irq, "flags"), Number(irq, "count"))));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"The file info has another form: {e.Message} It reads: {text}", e);
        }
    }

    private static VfioRegionInfo Region(JsonElement region)
    {
        var info = new VfioRegionInfo(Number(region, "flags"), region.GetProperty("size").GetUInt64(), Offset: 0);
        VfioRegionArea[] areas = [.. region.GetProperty("areas").EnumerateArray().Select(Area)];
        (uint type, uint subtype) = (Number(region, "type"), Number(region, "subtype"));

        // What the ioctl tells by capabilities, where there is something to tell; most regions have no type of their own.
        bool hasType = (type, subtype) != (0, 0);
        bool isSparse = areas.Length > 0 && !(areas is [{ Offset: 0 } whole] && whole.Size == info.Size);
        if (hasType || isSparse)
            info = info with { Flags = info.Flags | Caps };
        return info with { Areas = areas, Type = hasType ? (type, subtype) : null };
    }

    private static VfioRegionArea Area(JsonElement area) => new(area.GetProperty("offset").GetUInt64(), area.GetProperty("size").GetUInt64());

    private static uint Number(JsonElement element, string name) => element.GetProperty(name).GetUInt32();
}
