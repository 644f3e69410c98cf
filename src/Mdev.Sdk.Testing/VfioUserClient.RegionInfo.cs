using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing;

public sealed partial class VfioUserClient
{
    private const uint RegionInfoSize = 32;
    private const uint Mmap = 4;
    private const uint Caps = 8;

    /// <summary>DEVICE_GET_REGION_INFO, as QEMU sends it: once more with room for the capabilities where there are any.</summary>
    /// <param name="region">Region index; 0 to 5 are the BARs, 7 is config space.</param>
    /// <exception cref="VfioUserException">The server refuses.</exception>
    public VfioRegionInfo GetRegionInfo(uint region)
    {
        VfioRegionInfo info = GetRegionInfo(region, out SafeFileHandle? file);
        file?.Dispose();
        return info;
    }

    /// <summary>Maps what can be mapped of a region.</summary>
    /// <param name="region">Region index.</param>
    /// <returns>The mapping, which outlives this client; <see langword="null"/> if the region must be accessed by messages.</returns>
    /// <exception cref="VfioUserException">The server refuses.</exception>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public MappedRegion? MapRegion(uint region)
    {
        VfioRegionInfo info = GetRegionInfo(region, out SafeFileHandle? file);
        if (file is null)
            return null;
        using (file)
            return new MappedRegion(info, file);
    }

    private VfioRegionInfo GetRegionInfo(uint region, out SafeFileHandle? file)
    {
        ReadOnlySpan<byte> reply = AskForRegion(region, RegionInfoSize, out file);
        uint size = ReadUInt32(reply, 0);
        if (size > RegionInfoSize)
        {
            Expect(file is null, "a DEVICE_GET_REGION_INFO reply without room for its capabilities has a descriptor");
            Expect((ReadUInt32(reply, 4) & Caps) == 0, "a DEVICE_GET_REGION_INFO reply announces capabilities that it has no room for");
            reply = AskForRegion(region, size, out file);
            Expect(reply.Length == size, "a DEVICE_GET_REGION_INFO reply is not as long as it was said to be");
        }

        uint flags = ReadUInt32(reply, 4);
        Expect(file is null == ((flags & Mmap) == 0), "a complete DEVICE_GET_REGION_INFO reply has a descriptor exactly with MMAP");
        var info = new VfioRegionInfo(flags, ReadUInt64(reply, 16), ReadUInt64(reply, 24));
        if (file is not null)
            info = info with { Areas = [new(0, info.Size)] };
        return (flags & Caps) == 0 ? info : WithCapabilities(info, reply);
    }

    private ReadOnlySpan<byte> AskForRegion(uint region, uint room, out SafeFileHandle? file)
    {
        Span<byte> payload = Begin((int)RegionInfoSize);
        payload.Clear();
        WriteUInt32(payload, 0, room);
        WriteUInt32(payload, 8, region);
        Check(Call(Command.DeviceGetRegionInfo, out ReadOnlySpan<byte> reply, out file), $"DEVICE_GET_REGION_INFO of region {region}");
        Expect(reply.Length >= RegionInfoSize && ReadUInt32(reply, 8) == region, "a DEVICE_GET_REGION_INFO reply has the wrong form");
        return reply;
    }

    // A chain: id, version, and the offset of the next one from the start of the reply. Unknown ones are nobody's mistake.
    private static VfioRegionInfo WithCapabilities(VfioRegionInfo info, ReadOnlySpan<byte> reply)
    {
        uint next = ReadUInt32(reply, 12), last = 0;
        while (next != 0)
        {
            Expect(next > last && next <= reply.Length - 8, "a capability of a region lies outside of the reply");
            ReadOnlySpan<byte> capability = reply[(int)next..];
            switch (BinaryPrimitives.ReadUInt16LittleEndian(capability))
            {
                case 1:
                    info = info with { Areas = Areas(capability) };
                    break;
                case 2:
                    Expect(capability.Length >= 16, "the type of a region is cut short");
                    info = info with { Type = (ReadUInt32(capability, 8), ReadUInt32(capability, 12)) };
                    break;
            }
            last = next;
            next = ReadUInt32(capability, 4);
        }
        return info;
    }

    private static VfioRegionArea[] Areas(ReadOnlySpan<byte> capability)
    {
        Expect(capability.Length >= 16, "the mappable areas of a region are cut short");
        uint count = ReadUInt32(capability, 8);
        Expect(count <= (uint)(capability.Length - 16) / 16, "the mappable areas of a region are cut short");
        var areas = new VfioRegionArea[count];
        for (int i = 0; i < areas.Length; i++)
            areas[i] = new(ReadUInt64(capability, 16 + (16 * i)), ReadUInt64(capability, 24 + (16 * i)));
        return areas;
    }
}
