using System.Runtime.InteropServices;
using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.VfioUser.Messages;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>
/// An open node of VFIO's ioctls: structs and errors are a kernel VFIO device's. Source: linux/vfio.h; drivers/vfio/vfio_main.c.
/// </summary>
internal sealed partial class OpenVfioNode(VfioDevice device, CallGuard guard) : IFuseHandle, IInterruptUser
{
    public int Ioctl(int thread, ref CharIoctl ioctl)
    {
        if (!guard.TryEnter(out CallGuard? outer))
            return -(int)Errno.ENODEV;
        try
        {
            return -(int)((VfioIoctl)ioctl.Command switch
            {
                VfioIoctl.GetInfo => GetInfo(ref ioctl),
                VfioIoctl.GetRegionInfo => GetRegionInfo(ref ioctl),
                VfioIoctl.GetIrqInfo => GetIrqInfo(ref ioctl),
                VfioIoctl.SetIrqs => SetIrqs(thread, ref ioctl),
                VfioIoctl.Reset => device.ResetByHost(),
                VfioIoctl.Feature => Feature(ref ioctl),
                VfioIoctl.RegionRead => RegionRead(ref ioctl),
                VfioIoctl.RegionWrite => RegionWrite(ref ioctl),
                _ => Errno.ENOTTY,
            });
        }
        finally
        {
            guard.Leave(outer);
        }
    }

    // VFIO's regions begin at offsets of 2^40, which CUSE drops.
    public int Read(ulong offset, Span<byte> destination) => -(int)Errno.EINVAL;

    public int Write(ulong offset, ReadOnlySpan<byte> source) => -(int)Errno.EINVAL;

    public void Release()
    {
        device.LeaveInterrupts(this);
        _unmask?.Dispose();
    }

    // The eventfds are the caller's, who is not told otherwise than a user of the kernel's VFIO is: his next call fails.
    void IInterruptUser.Lost()
    {
    }

    private Errno GetInfo(ref CharIoctl ioctl)
    {
        if (!ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.InOut, out Span<DeviceInfo> info))
            return Errno.None;
        if (info[0].ArgumentSize < DeviceInfo.Length)
            return Errno.EINVAL;
        info[0] = new DeviceInfo(DeviceInfo.Length, device.Flags, (uint)device.RegionCount, (uint)device.Interrupts.Count);
        return Errno.None;
    }

    private Errno GetRegionInfo(ref CharIoctl ioctl)
    {
        if (!ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.In, out Span<RegionInfo> request))
            return Errno.None;
        if (request[0].ArgumentSize < RegionInfo.Length || request[0].Index >= (uint)device.RegionCount)
            return Errno.EINVAL;

        // Nothing of a node of CUSE can be mapped.
        Region? region = device.RegionAt(request[0].Index);
        int full = RegionInfoReply.LengthOf(region, mapping: null);
        bool isComplete = request[0].ArgumentSize >= (uint)full;
        if (ioctl.TryAccess(ioctl.Argument, isComplete ? full : RegionInfo.Length, CharIoctlAccess.Out, out Span<byte> reply))
            RegionInfoReply.Write(reply, request[0].Index, region, mapping: null, isComplete);
        return Errno.None;
    }

    private Errno GetIrqInfo(ref CharIoctl ioctl)
    {
        if (!ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.InOut, out Span<IrqInfo> info))
            return Errno.None;
        if (info[0].ArgumentSize < IrqInfo.Length || info[0].Index >= (uint)device.Interrupts.Count)
            return Errno.EINVAL;
        InterruptIndex? interrupts = device.Interrupts[info[0].Index];
        info[0] = info[0] with { Flags = interrupts?.Flags ?? IrqInfoFlags.None, Count = interrupts?.Count ?? 0 };
        return Errno.None;
    }

    // Migration needs a descriptor that the caller gets, and DMA a container: neither can be given to him here, so there is no feature.
    private static Errno Feature(ref CharIoctl ioctl)
    {
        if (!ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.In, out Span<DeviceFeatureRequest> request))
            return Errno.None;
        return request[0].IsValid ? Errno.ENOTTY : Errno.EINVAL;
    }

    private Errno RegionRead(ref CharIoctl ioctl)
    {
        if (!TryParse(ref ioctl, out RegionIoctl request, out Errno error)
            || !ioctl.TryAccess(ioctl.Argument + RegionIoctl.Length, (int)request.Count, CharIoctlAccess.Out, out Span<byte> bytes))
            return error;
        return device.Read(request.Region, request.Offset, bytes);
    }

    private Errno RegionWrite(ref CharIoctl ioctl)
    {
        if (!TryParse(ref ioctl, out RegionIoctl request, out Errno error)
            || !ioctl.TryAccess(ioctl.Argument + RegionIoctl.Length, (int)request.Count, CharIoctlAccess.In, out Span<byte> bytes))
            return error;
        return device.Write(request.Region, request.Offset, bytes);
    }

    private bool TryParse(ref CharIoctl ioctl, out RegionIoctl request, out Errno error)
    {
        (request, error) = (default, Errno.None);
        if (!ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.In, out Span<RegionIoctl> head))
            return false;
        request = head[0];
        if (request.Flags != 0 || request.Count > int.MaxValue || (ulong)request.ArgumentSize < RegionIoctl.Length + (ulong)request.Count
            || !device.IsInside(request.Region, request.Offset, (int)request.Count))
            error = Errno.EINVAL;
        return error == Errno.None;
    }
}
