using System.Numerics;
using System.Runtime.InteropServices;
using Mdev.Sdk.Interrupts;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>Head of DEVICE_SET_IRQS; a bool for each interrupt may follow. Source: vfio-user, "VFIO_USER_DEVICE_SET_IRQS".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct SetIrqsRequest(
    uint ArgumentSize, IrqSetFlags Flags, uint Index, uint Start, uint Count)
{
    public const int Length = 20;

    /// <summary>Checks everything that does not depend on the device.</summary>
    /// <returns><see langword="false"/> for a request that means nothing: EINVAL.</returns>
    public bool TryInterpret(ReadOnlySpan<byte> data, Span<SafeFileHandle?> descriptors, out IrqSet set)
    {
        set = default;
        IrqSetFlags kind = Flags & IrqSetFlags.DataMask;
        bool bools = kind == IrqSetFlags.DataBool;
        if (ArgumentSize < Length
            || (Flags & ~(IrqSetFlags.DataMask | IrqSetFlags.ActionTypeMask)) != 0
            || BitOperations.PopCount((uint)kind) != 1
            || BitOperations.PopCount((uint)(Flags & IrqSetFlags.ActionTypeMask)) != 1)
            return false;

        // QEMU sends its whole buffer with DATA_NONE and DATA_EVENTFD, so only bools have a length of their own.
        if (bools && (uint)data.Length != Count)
            return false;

        // Only the whole index can be switched off by a count of nothing.
        bool isDisable = Count == 0;
        if (isDisable && (Start != 0 || Flags != (IrqSetFlags.DataNone | IrqSetFlags.ActionTrigger)))
            return false;

        // No descriptor at all takes the eventfds away; each of the interrupts has one otherwise.
        if (!descriptors.IsEmpty && (kind != IrqSetFlags.DataEventFd || (uint)descriptors.Length != Count))
            return false;

        set = new IrqSet
        {
            Flags = Flags,
            Start = Start,
            Count = Count,
            Bools = bools ? data : default,
            EventFds = descriptors,
        };
        return true;
    }
}
