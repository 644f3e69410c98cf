namespace Mdev.Sdk.Testing;

public sealed partial class VfioUserClient
{
    private const int IrqSetSize = 20;

    /// <summary>DEVICE_SET_IRQS in any form, sensible or not.</summary>
    /// <param name="index">Interrupt index.</param>
    /// <param name="set">One action and one kind of data.</param>
    /// <param name="start">First interrupt.</param>
    /// <param name="count">Interrupts.</param>
    /// <param name="bools">The bytes of DATA_BOOL.</param>
    /// <param name="eventFds">Go with the message and stay the caller's.</param>
    /// <returns>None, or the errno of an error reply.</returns>
    public Errno TrySetIrqs(
        uint index, VfioIrqSet set, uint start, uint count, ReadOnlySpan<byte> bools = default, params ReadOnlySpan<EventFd> eventFds)
    {
        Span<byte> payload = Begin(IrqSetSize + bools.Length);
        WriteUInt32(payload, 0, (uint)payload.Length);
        WriteUInt32(payload, 4, (uint)set);
        WriteUInt32(payload, 8, index);
        WriteUInt32(payload, 12, start);
        WriteUInt32(payload, 16, count);
        bools.CopyTo(payload[IrqSetSize..]);

        Span<int> descriptors = stackalloc int[eventFds.Length];
        for (int i = 0; i < descriptors.Length; i++)
            descriptors[i] = eventFds[i].Descriptor;
        return Call(Command.DeviceSetIrqs, out _, descriptors);
    }

    /// <summary>DEVICE_SET_IRQS in any form.</summary>
    /// <param name="index">Interrupt index.</param>
    /// <param name="set">One action and one kind of data.</param>
    /// <param name="start">First interrupt.</param>
    /// <param name="count">Interrupts.</param>
    /// <param name="bools">The bytes of DATA_BOOL.</param>
    /// <param name="eventFds">Go with the message and stay the caller's.</param>
    /// <exception cref="VfioUserException">The server refuses.</exception>
    public void SetIrqs(
        uint index, VfioIrqSet set, uint start, uint count, ReadOnlySpan<byte> bools = default, params ReadOnlySpan<EventFd> eventFds) =>
        Check(TrySetIrqs(index, set, start, count, bools, eventFds), $"DEVICE_SET_IRQS ({set}) of index {index}");

    /// <summary>Connects the first interrupts of an index to eventfds.</summary>
    /// <param name="index">Interrupt index.</param>
    /// <param name="eventFds">One an interrupt; they stay the caller's.</param>
    /// <exception cref="VfioUserException">The server refuses.</exception>
    public void ArmIrqs(uint index, params ReadOnlySpan<EventFd> eventFds) =>
        SetIrqs(index, VfioIrqSet.DataEventFd | VfioIrqSet.Trigger, 0, (uint)eventFds.Length, [], eventFds);

    /// <summary>Switches an index off.</summary>
    /// <param name="index">Interrupt index.</param>
    /// <exception cref="VfioUserException">The server refuses.</exception>
    public void DisarmIrqs(uint index) => SetIrqs(index, VfioIrqSet.DataNone | VfioIrqSet.Trigger, 0, 0);
}
