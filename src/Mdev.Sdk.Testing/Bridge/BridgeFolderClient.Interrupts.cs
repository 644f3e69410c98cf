using System.Globalization;
using Mdev.Sdk.Testing.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing.Bridge;

public sealed partial class BridgeFolderClient
{
    // What is written to an interrupt's file.
    private const ulong Mask = 0, Unmask = 1, Trigger = 2;

    private const VfioIrqSet Actions = VfioIrqSet.Mask | VfioIrqSet.Unmask | VfioIrqSet.Trigger;

    /// <inheritdoc/>
    /// <remarks>
    /// By files: an interrupt is armed while its file is open. What files cannot say, MASK by eventfd among it, is ENOTTY; what VFIO
    /// refuses of any device is refused here.
    /// </remarks>
    public override Errno TrySetIrqs(
        uint index, VfioIrqSet set, uint start, uint count, ReadOnlySpan<byte> bools = default, params ReadOnlySpan<EventFd> eventFds)
    {
        if (!_info.Irqs.TryGetValue(index, out VfioIrqInfo info) || start >= info.Count || count > info.Count - start)
            return Errno.EINVAL;
        VfioIrqSet action = set & Actions;
        Errno error = (set & ~Actions) switch
        {
            VfioIrqSet.DataNone when count == 0 && action == VfioIrqSet.Trigger => _interrupts.Close(index, 0, info.Count),
            VfioIrqSet.DataNone when count > 0 => Write(index, action, start, count, []),
            VfioIrqSet.DataBool when count > 0 && bools.Length == count => Write(index, action, start, count, bools),
            VfioIrqSet.DataEventFd when count > 0 && eventFds.IsEmpty && action == VfioIrqSet.Trigger => _interrupts.Close(index, start, count),
            VfioIrqSet.DataEventFd when count > 0 && eventFds.Length == count => Connect(index, action, start, eventFds),
            _ => Errno.EINVAL,
        };
        _interrupts.PassOn();
        return error;
    }

    private Errno Write(uint index, VfioIrqSet action, uint start, uint count, ReadOnlySpan<byte> bools)
    {
        if (action is not (VfioIrqSet.Mask or VfioIrqSet.Unmask or VfioIrqSet.Trigger))
            return Errno.EINVAL;
        for (uint i = 0; i < count; i++)
        {
            // Source: Linux vfio_pci_intrs.c: what is not armed can be neither triggered nor masked.
            if (_interrupts.FileOf(index, start + i) is not { } file)
                return Errno.EINVAL;
            if (!bools.IsEmpty && bools[(int)i] == 0)
                continue;
            Errno error = DeviceFile.TryPut(file, action switch { VfioIrqSet.Mask => Mask, VfioIrqSet.Unmask => Unmask, _ => Trigger });
            if (error != Errno.None)
                return error;
        }
        return Errno.None;
    }

    private Errno Connect(uint index, VfioIrqSet action, uint start, ReadOnlySpan<EventFd> eventFds)
    {
        if (action == VfioIrqSet.Mask)
            return Errno.ENOTTY;
        for (uint i = 0; i < eventFds.Length; i++)
        {
            uint vector = start + i;
            if (_interrupts.FileOf(index, vector) is null)
            {
                if (action != VfioIrqSet.Trigger)
                    return Errno.EINVAL;
                string path = Path.Combine(_folder, "irqs", Number(index), Number(vector));
                Errno error = DeviceFile.TryOpen(path, TestLibc.O_RDWR | TestLibc.O_NONBLOCK, out SafeFileHandle? file);
                if (error != Errno.None)
                {
                    _interrupts.Close(index, start, i);
                    return error;
                }
                _interrupts.Add(index, vector, file!);
            }
            if (action == VfioIrqSet.Trigger)
                _interrupts.SignalTo(index, vector, eventFds[(int)i]);
            else
                _interrupts.UnmaskBy(index, vector, eventFds[(int)i]);
        }
        return Errno.None;
    }

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
