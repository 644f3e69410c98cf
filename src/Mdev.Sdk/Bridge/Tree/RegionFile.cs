using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Device;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Bridge.Tree;

/// <summary>
/// A region as a file: what is read and written is an access of the device, in widths of 4, 2 and 1 byte as it is aligned. Config
/// space is read without side effects, as lspci does it again and again. Source: drivers/pci/pci-sysfs.c.
/// </summary>
internal sealed class RegionFile(VfioDevice device, uint region, CallGuard guard, uint permissions) : FuseFile, IFuseHandle
{
    public override uint Permissions => permissions;

    public override ulong Size { get; } = device.RegionSize(region);

    public override IFuseHandle Open() => this;

    public unsafe int Read(ulong offset, Span<byte> destination)
    {
        int length = LengthAt(offset, destination.Length);
        fixed (byte* start = destination)
        {
            byte* bytes = start;
            return guard.Call(() => ReadWithin(offset, new Span<byte>(bytes, length)));
        }
    }

    public ValueTask<int> WriteAsync(ulong offset, ReadOnlyMemory<byte> source, CancellationToken interrupted)
    {
        int length = LengthAt(offset, source.Length);
        if (length == 0 && source.Length != 0)
            throw new FuseException(Errno.EINVAL);
        return ValueTask.FromResult(guard.Call(() => Write(offset, source.Span[..length])));
    }

    private int ReadWithin(ulong offset, Span<byte> destination)
    {
        if (region == PciDevice.ConfigRegion)
        {
            if (!device.Peek(region, offset, destination))
                throw new FuseException(Errno.EINVAL);
            return destination.Length;
        }
        int done = 0;
        while (done < destination.Length)
        {
            int width = WidthAt(offset + (uint)done, destination.Length - done);
            Check(device.Read(region, offset + (uint)done, destination.Slice(done, width)));
            done += width;
        }
        return done;
    }

    private int Write(ulong offset, ReadOnlySpan<byte> source)
    {
        int done = 0;
        while (done < source.Length)
        {
            int width = WidthAt(offset + (uint)done, source.Length - done);
            Check(device.Write(region, offset + (uint)done, source.Slice(done, width)));
            done += width;
        }
        return done;
    }

    private int LengthAt(ulong offset, int length) => offset >= Size ? 0 : (int)Math.Min((ulong)length, Size - offset);

    private static int WidthAt(ulong offset, int rest) =>
        (offset & 3) == 0 && rest >= 4 ? 4 : (offset & 1) == 0 && rest >= 2 ? 2 : 1;

    private static void Check(Errno error)
    {
        if (error != Errno.None)
            throw new FuseException(error);
    }
}
