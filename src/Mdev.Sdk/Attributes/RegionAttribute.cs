namespace Mdev.Sdk;

/// <summary>
/// Puts registers or memory into a VFIO region. In a device that is not PCI (<see cref="VfioDeviceAttribute"/>) these are all its
/// regions; in a PCI device they are device-specific ones, beyond those that VFIO numbers for PCI. The property's type is as with
/// <see cref="BarAttribute"/>, and several properties may share a region.
/// </summary>
/// <param name="index">0 to 99; in a PCI device, from 9.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RegionAttribute(int index) : Attribute
{
    // Source: QEMU's vfio-user client, which takes a device of no more than 100 regions.
    internal const int MaxIndex = 99;

    /// <summary>0 to 99; in a PCI device, from 9.</summary>
    public int Index { get; } = index;

    /// <summary>Bytes from the start of the region; for memory that clients map, a multiple of the page size.</summary>
    public ulong Offset { get; set; }

    /// <summary>Bytes of the whole region; no more than needed if not given.</summary>
    public ulong Size { get; set; }

    /// <summary>
    /// What the region is, for clients that look for it: a VFIO_REGION_TYPE_*, or 0x8000_0000 and a PCI vendor ID. 0 says nothing.
    /// Source: linux/vfio.h, struct vfio_region_info_cap_type.
    /// </summary>
    public uint Type { get; set; }

    /// <summary>What it is among those of its <see cref="Type"/>.</summary>
    public uint Subtype { get; set; }

    /// <summary>Whether clients only read it: writes are dropped, and memory cannot be mapped to be written.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>Whether clients only write it: they read zeros. Memory that they may map they can read all the same.</summary>
    public bool WriteOnly { get; set; }

    /// <inheritdoc cref="BarAttribute.Mapped"/>
    public bool Mapped { get; set; } = true;
}
