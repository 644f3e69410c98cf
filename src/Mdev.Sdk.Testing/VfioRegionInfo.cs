namespace Mdev.Sdk.Testing;

/// <summary>A server's answer to DEVICE_GET_REGION_INFO.</summary>
/// <param name="Flags">1 READ, 2 WRITE, 4 MMAP, 8 CAPS.</param>
/// <param name="Size">Bytes; 0 if the device has no such region.</param>
/// <param name="Offset">Where the region begins in its file, for a region that can be mapped.</param>
public readonly record struct VfioRegionInfo(uint Flags, ulong Size, ulong Offset)
{
    /// <summary>
    /// What can be mapped of it, by the sparse-mmap capability; the whole region where MMAP comes without one, nothing without MMAP.
    /// </summary>
    public IReadOnlyList<VfioRegionArea> Areas { get; init; } = [];

    /// <summary>Type and subtype, by the type capability.</summary>
    public (uint Type, uint Subtype)? Type { get; init; }

    /// <summary>Whether a client may map something.</summary>
    public bool CanBeMapped => (Flags & 4) != 0;
}
