using System.Buffers.Binary;

namespace Mdev.Sdk.Testing;

/// <summary>
/// The answer to DEVICE_GET_REGION_INFO, which vfio-user has taken over from the kernel byte by byte. Source: linux/vfio.h, struct
/// vfio_region_info and vfio_info_cap_header.
/// </summary>
internal static class VfioRegionInfoLayout
{
    /// <summary>Bytes in front of the capabilities.</summary>
    public const int Size = 32;

    private const uint Mmap = 4;
    private const uint Caps = 8;

    /// <summary>Reads it.</summary>
    /// <param name="answer">The structure with its capabilities, at least <see cref="Size"/> bytes.</param>
    /// <exception cref="InvalidDataException">A capability lies outside of it.</exception>
    public static VfioRegionInfo Read(ReadOnlySpan<byte> answer)
    {
        uint flags = ReadUInt32(answer, 4);
        var info = new VfioRegionInfo(flags, ReadUInt64(answer, 16), ReadUInt64(answer, 24));
        if ((flags & Mmap) != 0)
            info = info with { Areas = [new(0, info.Size)] };
        return (flags & Caps) == 0 ? info : WithCapabilities(info, answer);
    }

    // A chain: id, version, and the offset of the next one from the start of the structure. Unknown ones are nobody's mistake.
    private static VfioRegionInfo WithCapabilities(VfioRegionInfo info, ReadOnlySpan<byte> answer)
    {
        uint next = ReadUInt32(answer, 12), last = 0;
        while (next != 0)
        {
            Expect(next > last && next <= answer.Length - 8, "a capability of a region lies outside of the answer");
            ReadOnlySpan<byte> capability = answer[(int)next..];
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

    private static void Expect(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidDataException($"The server breaks the protocol: {otherwise}.");
    }

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static ulong ReadUInt64(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);
}
