namespace Mdev.Sdk.Testing;

public abstract partial class VfioClient
{
    /// <summary>DEVICE_SET_IRQS in any form.</summary>
    /// <param name="index">Interrupt index.</param>
    /// <param name="set">One action and one kind of data.</param>
    /// <param name="start">First interrupt.</param>
    /// <param name="count">Interrupts.</param>
    /// <param name="bools">The bytes of DATA_BOOL.</param>
    /// <param name="eventFds">Those of DATA_EVENTFD; they stay the caller's.</param>
    /// <exception cref="VfioException">It is refused.</exception>
    public void SetIrqs(
        uint index, VfioIrqSet set, uint start, uint count, ReadOnlySpan<byte> bools = default, params ReadOnlySpan<EventFd> eventFds) =>
        Check(TrySetIrqs(index, set, start, count, bools, eventFds), $"DEVICE_SET_IRQS ({set}) of index {index}");

    /// <summary>Connects the first interrupts of an index to eventfds.</summary>
    /// <param name="index">Interrupt index.</param>
    /// <param name="eventFds">One an interrupt; they stay the caller's.</param>
    /// <exception cref="VfioException">It is refused.</exception>
    public void ArmIrqs(uint index, params ReadOnlySpan<EventFd> eventFds) =>
        SetIrqs(index, VfioIrqSet.DataEventFd | VfioIrqSet.Trigger, 0, (uint)eventFds.Length, [], eventFds);

    /// <summary>Switches an index off.</summary>
    /// <param name="index">Interrupt index.</param>
    /// <exception cref="VfioException">It is refused.</exception>
    public void DisarmIrqs(uint index) => SetIrqs(index, VfioIrqSet.DataNone | VfioIrqSet.Trigger, 0, 0);
}
