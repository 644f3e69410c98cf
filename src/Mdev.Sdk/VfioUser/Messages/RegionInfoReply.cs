using System.Runtime.InteropServices;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>
/// The answer to DEVICE_GET_REGION_INFO with its chain of capabilities. Source: linux/vfio.h, struct vfio_region_info_cap_sparse_mmap
/// and vfio_region_info_cap_type.
/// </summary>
internal static class RegionInfoReply
{
    private const ushort SparseMmap = 1;
    private const ushort Type = 2;
    private const int TypeLength = 16;
    private const int SparseMmapLength = 16;
    private const int AreaLength = 16;

    /// <summary>Bytes of the whole answer: what a client's argsz must have room for.</summary>
    /// <param name="region"><see langword="null"/> if the device has none of that index.</param>
    /// <param name="mapping">What of it this client may map; <see langword="null"/> for nothing.</param>
    public static int LengthOf(Region? region, RegionMapping? mapping) =>
        RegionInfo.Length + (HasType(region) ? TypeLength : 0) + (IsSparse(region, mapping) ? SparseLength(mapping!) : 0);

    /// <summary>Writes it.</summary>
    /// <param name="reply">As long as the whole answer, or as its head alone.</param>
    /// <param name="index">The region's.</param>
    /// <param name="region"><see langword="null"/> if the device has none of that index.</param>
    /// <param name="mapping">What of it this client may map; <see langword="null"/> for nothing.</param>
    /// <param name="complete">
    /// Whether the client has room for the capabilities. Without, the answer is its head, which says how much room they need and not
    /// that they are there.
    /// </param>
    public static void Write(Span<byte> reply, uint index, Region? region, RegionMapping? mapping, bool complete)
    {
        int full = LengthOf(region, mapping);
        RegionInfoFlags flags = FlagsOf(region, mapping);
        uint first = 0;
        if (complete && full > RegionInfo.Length)
        {
            flags |= RegionInfoFlags.Caps;
            first = RegionInfo.Length;
            WriteCapabilities(reply, region!, mapping);
        }

        // Offset 0 of the region is offset 0 of its file.
        var head = new RegionInfo((uint)full, flags, index, first, region?.Size ?? 0, Offset: 0);
        MemoryMarshal.Write(reply, head);
    }

    /// <summary>Which accesses a region takes.</summary>
    /// <param name="region"><see langword="null"/> if the device has none of that index.</param>
    /// <param name="mapping">What of it this client may map; <see langword="null"/> for nothing.</param>
    public static RegionInfoFlags FlagsOf(Region? region, RegionMapping? mapping)
    {
        if (region is null)
            return RegionInfoFlags.None;
        return (region.Traits.WriteOnly ? RegionInfoFlags.None : RegionInfoFlags.Read)
            | (region.Traits.ReadOnly ? RegionInfoFlags.None : RegionInfoFlags.Write)
            | (mapping is null ? RegionInfoFlags.None : RegionInfoFlags.Mmap);
    }

    private static void WriteCapabilities(Span<byte> reply, Region region, RegionMapping? mapping)
    {
        int at = RegionInfo.Length;
        if (IsSparse(region, mapping))
        {
            int next = at + SparseLength(mapping!);
            WriteHeader(reply[at..], SparseMmap, HasType(region) ? next : 0);
            MemoryMarshal.Write(reply[(at + 8)..], (ulong)mapping!.Areas.Count);
            at += SparseMmapLength;
            foreach (RegionArea area in mapping.Areas)
            {
                MemoryMarshal.Write(reply[at..], area);
                at += AreaLength;
            }
        }

        if (HasType(region))
        {
            WriteHeader(reply[at..], Type, 0);
            MemoryMarshal.Write(reply[(at + 8)..], region.Traits.Type);
            MemoryMarshal.Write(reply[(at + 12)..], region.Traits.Subtype);
        }
    }

    // struct vfio_info_cap_header: id, version, and where the next one lies from the start of the answer.
    private static void WriteHeader(Span<byte> capability, ushort id, int next)
    {
        const ushort Version = 1;
        MemoryMarshal.Write(capability, id);
        MemoryMarshal.Write(capability[2..], Version);
        MemoryMarshal.Write(capability[4..], (uint)next);
    }

    private static bool HasType(Region? region) => region is { Traits.Type: not 0 };

    private static bool IsSparse(Region? region, RegionMapping? mapping) => region is not null && mapping?.IsSparse(region.Size) == true;

    private static int SparseLength(RegionMapping mapping) => SparseMmapLength + (AreaLength * mapping.Areas.Count);
}
