using System.Runtime.InteropServices;
using Mdev.Sdk.Interop;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.VfioUser.Messages;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>VFIO_DEVICE_SET_IRQS, whose eventfds are numbers of the caller's descriptors.</summary>
internal sealed partial class OpenVfioNode
{
    private const int NoEventFd = -1;

    private UnmaskWatch? _unmask;

    private Errno SetIrqs(int thread, ref CharIoctl ioctl)
    {
        if (!ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.In, out Span<SetIrqsRequest> head))
            return Errno.None;
        SetIrqsRequest request = head[0];
        if (request.Index >= (uint)device.Interrupts.Count || device.Interrupts[request.Index] is not { } interrupts
            || request.Start > interrupts.Count || request.Count > interrupts.Count - request.Start)
            return Errno.EINVAL;

        int size = (request.Flags & IrqSetFlags.DataMask) switch
        {
            IrqSetFlags.DataBool => sizeof(byte),
            IrqSetFlags.DataEventFd => sizeof(int),
            _ => 0,
        };
        ulong length = (ulong)request.Count * (ulong)size;
        if (request.ArgumentSize < SetIrqsRequest.Length + length)
            return Errno.EINVAL;
        if (!ioctl.TryAccess(ioctl.Argument + SetIrqsRequest.Length, (int)length, CharIoctlAccess.In, out Span<byte> data))
            return Errno.None;
        if (!device.TryTakeInterrupts(this))
            return Errno.EBUSY;

        return size == sizeof(int)
            ? SetEventFds(thread, request, MemoryMarshal.Cast<byte, int>(data))
            : request.TryInterpret(data, [], out IrqSet set) ? device.SetIrqs(this, request.Index, set) : Errno.EINVAL;
    }

    private Errno SetEventFds(int thread, in SetIrqsRequest request, ReadOnlySpan<int> numbers)
    {
        var eventFds = new SafeFileHandle?[numbers.Length];
        try
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                if (numbers[i] == NoEventFd)
                    continue;
                Errno error = OtherProcess.TryGetDescriptor(thread, numbers[i], out SafeFileHandle handle);
                if (error != Errno.None)
                    return error;
                eventFds[i] = handle;
            }
            return (request.Flags & IrqSetFlags.ActionTypeMask) == IrqSetFlags.ActionUnmask
                ? SetUnmaskEvent(request, eventFds)
                : SetEventFds(request, eventFds);
        }
        finally
        {
            foreach (SafeFileHandle? left in eventFds)
                left?.Dispose();
        }
    }

    // The device takes it and says whether it will do; watched it is here.
    private Errno SetUnmaskEvent(in SetIrqsRequest request, SafeFileHandle?[] eventFds)
    {
        SafeFileHandle? ours = null;
        if (eventFds is [{ } given])
        {
            ours = new SafeFileHandle(Libc.fcntl((int)given.DangerousGetHandle(), Libc.F_DUPFD_CLOEXEC, 0), ownsHandle: true);
            _unmask ??= UnmaskWatch.TryStart(device, guard);
            if (ours.IsInvalid || _unmask is null)
            {
                ours.Dispose();
                return Errno.EMFILE;
            }
        }

        Errno error = SetEventFds(request, eventFds);
        if (error != Errno.None)
        {
            ours?.Dispose();
            return error;
        }
        return _unmask is null || _unmask.TryWatch(request.Index, ours) ? Errno.None : Errno.ENOMEM;
    }

    // Runs of interrupts that get an eventfd, and of those whose own is taken away, which the device takes one by one.
    private Errno SetEventFds(in SetIrqsRequest request, Span<SafeFileHandle?> eventFds)
    {
        int start = 0;
        while (start < eventFds.Length)
        {
            bool isNone = eventFds[start] is null;
            int end = start + 1;
            while (end < eventFds.Length && eventFds[end] is null == isNone)
                end++;
            SetIrqsRequest run = request with { Start = request.Start + (uint)start, Count = (uint)(end - start) };
            if (!run.TryInterpret([], isNone ? [] : eventFds[start..end], out IrqSet set))
                return Errno.EINVAL;
            Errno error = device.SetIrqs(this, request.Index, set);
            if (error != Errno.None)
                return error;
            start = end;
        }
        return Errno.None;
    }
}
