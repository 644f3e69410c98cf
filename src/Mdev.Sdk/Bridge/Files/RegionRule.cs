using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Bridge.Files;

/// <summary>Which accesses of a device a read or a write of a region's file is.</summary>
internal abstract class RegionRule
{
    /// <summary>As a VFIO device's descriptor has it: one read or write is one access, of its own width. Source: drivers/vfio/pci/vfio_pci_rdwr.c.</summary>
    public static RegionRule Vfio { get; } = new VfioRegionRule();

    /// <summary>As sysfs has it, see <see cref="SysfsRegionRule"/>.</summary>
    public static RegionRule Sysfs { get; } = new SysfsRegionRule();

    /// <summary>Whether the file lies in a file system of the device's own, whose thread may wait for the device.</summary>
    public abstract bool IsDevicesOwn { get; }

    /// <summary>Reads bytes that lie inside the region.</summary>
    /// <returns>How many, or a negative errno.</returns>
    public abstract int Read(VfioDevice device, uint region, ulong offset, Span<byte> destination);

    /// <summary>Writes bytes that lie inside the region.</summary>
    /// <returns>How many, or a negative errno.</returns>
    public abstract int Write(VfioDevice device, uint region, ulong offset, ReadOnlySpan<byte> source);

    /// <summary>Says where bytes are that a read would only copy, see <see cref="IFuseHandle.TryReach"/>.</summary>
    public virtual bool TryReach(VfioDevice device, uint region, ulong offset, int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return false;
    }

    private sealed class VfioRegionRule : RegionRule
    {
        public override bool IsDevicesOwn => true;

        // The device is not disposed before the thread that answers has ended.
        public override bool TryReach(VfioDevice device, uint region, ulong offset, int count, out ReadOnlySpan<byte> bytes)
        {
            bool isThere = device.TryReach(region, offset, count, write: false, out Span<byte> memory);
            bytes = memory;
            return isThere;
        }

        public override int Read(VfioDevice device, uint region, ulong offset, Span<byte> destination) =>
            device.Read(region, offset, destination) is not Errno.None and Errno error ? -(int)error : destination.Length;

        public override int Write(VfioDevice device, uint region, ulong offset, ReadOnlySpan<byte> source) =>
            device.Write(region, offset, source) is not Errno.None and Errno error ? -(int)error : source.Length;
    }
}
