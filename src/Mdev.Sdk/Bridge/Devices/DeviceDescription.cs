using System.Buffers;
using System.Text.Json;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.VfioUser.Messages;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>What VFIO's information ioctls tell of a device, in VFIO's numbers, as a line of JSON.</summary>
internal static class DeviceDescription
{
    /// <summary>Describes a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="canMap">Whether a region's file can be mapped, if there is something to map.</param>
    public static byte[] Of(VfioDevice device, Func<uint, bool> canMap)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("uuid", device.Uuid);
            json.WriteNumber("flags", (uint)device.Flags);

            // Of an index below these that is not listed there is nothing; one beyond is an error.
            json.WriteNumber("num_regions", device.RegionCount);
            json.WriteNumber("num_irqs", device.Interrupts.Count);
            json.WriteStartArray("regions");
            for (uint index = 0; index < device.RegionCount; index++)
            {
                if (device.RegionAt(index) is { } region)
                    Write(json, index, region, canMap(index) ? region.Mapping : null);
            }
            json.WriteEndArray();
            json.WriteStartArray("irqs");
            for (uint index = 0; index < device.Interrupts.Count; index++)
            {
                if (device.Interrupts[index] is { Count: > 0 } interrupt)
                    Write(json, index, interrupt);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        text.Write("\n"u8);
        return text.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, uint index, Region region, RegionMapping? mapping)
    {
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteNumber("size", region.Size);
        json.WriteNumber("flags", (uint)RegionInfoReply.FlagsOf(region, mapping));
        json.WriteNumber("type", region.Traits.Type);
        json.WriteNumber("subtype", region.Traits.Subtype);
        json.WriteStartArray("areas");
        foreach (RegionArea area in mapping?.Areas ?? [])
        {
            json.WriteStartObject();
            json.WriteNumber("offset", area.Offset);
            json.WriteNumber("size", area.Size);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, uint index, InterruptIndex interrupt)
    {
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteNumber("count", interrupt.Count);
        json.WriteNumber("flags", (uint)interrupt.Flags);
        json.WriteEndObject();
    }
}
