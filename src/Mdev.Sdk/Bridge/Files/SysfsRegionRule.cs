using Mdev.Sdk.Device;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Bridge.Files;

/// <summary>
/// In widths of 4, 2 and 1 byte as it is aligned; config space is read without side effects, as lspci does it again and again. Source:
/// drivers/pci/pci-sysfs.c.
/// </summary>
internal sealed class SysfsRegionRule : RegionRule
{
    // Beside the folders of all of a parent's instances.
    public override bool IsDevicesOwn => false;

    public override int Read(VfioDevice device, uint region, ulong offset, Span<byte> destination)
    {
        if (region == PciDevice.ConfigRegion)
            return device.Peek(region, offset, destination) ? destination.Length : -(int)Errno.EINVAL;
        int done = 0;
        while (done < destination.Length)
        {
            int width = WidthAt(offset + (uint)done, destination.Length - done);
            if (device.Read(region, offset + (uint)done, destination.Slice(done, width)) is not Errno.None and Errno error)
                return -(int)error;
            done += width;
        }
        return done;
    }

    public override int Write(VfioDevice device, uint region, ulong offset, ReadOnlySpan<byte> source)
    {
        int done = 0;
        while (done < source.Length)
        {
            int width = WidthAt(offset + (uint)done, source.Length - done);
            if (device.Write(region, offset + (uint)done, source.Slice(done, width)) is not Errno.None and Errno error)
                return -(int)error;
            done += width;
        }
        return done;
    }

    private static int WidthAt(ulong offset, int rest) =>
        (offset & 3) == 0 && rest >= 4 ? 4 : (offset & 1) == 0 && rest >= 2 ? 2 : 1;
}
