using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing;

public sealed partial class VfioUserClient
{
    private const uint RegionInfoSize = VfioRegionInfoLayout.Size;
    private const uint Mmap = 4;
    private const uint Caps = 8;

    /// <summary>DEVICE_GET_REGION_INFO, as QEMU sends it: once more with room for the capabilities where there are any.</summary>
    /// <param name="region">Region index; of a PCI device 0 to 5 are the BARs, 6 the ROM, 7 is config space.</param>
    /// <exception cref="VfioException">The server refuses.</exception>
    public override VfioRegionInfo GetRegionInfo(uint region)
    {
        VfioRegionInfo info = GetRegionInfo(region, out SafeFileHandle? file);
        file?.Dispose();
        return info;
    }

    /// <inheritdoc/>
    public override MappedRegion? MapRegion(uint region)
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
        return VfioRegionInfoLayout.Read(reply);
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
}
