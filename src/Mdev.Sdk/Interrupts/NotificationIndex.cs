namespace Mdev.Sdk.Interrupts;

/// <summary>ERR and REQ: one notification from the device to its user, independent of the other indices.</summary>
internal sealed class NotificationIndex() : InterruptIndex(1, IrqInfoFlags.EventFd | IrqInfoFlags.NoResize)
{
    private readonly EventFd?[] _trigger = new EventFd?[1];

    public override ReadOnlySpan<EventFd?> Triggers => _trigger;

    public override bool Active => _trigger[0] is not null;

    /// <summary>Tells the user.</summary>
    /// <returns>Whether anybody listens.</returns>
    public bool Signal()
    {
        if (_trigger[0] is { } trigger)
            Send(trigger, 0);
        return Active;
    }

    public override void Disable()
    {
        _trigger[0]?.Dispose();
        _trigger[0] = null;
    }

    protected override Errno SetTriggers(in IrqSet set) => Replace(_trigger, set.EventFds);

    protected override Errno LoopBack(in IrqSet set)
    {
        if (!Active)
            return Errno.EINVAL;
        if (set.Selects(0))
            Signal();
        return Errno.None;
    }

    protected override Errno Mask(in IrqSet set) => Errno.EINVAL;

    protected override Errno Unmask(in IrqSet set) => Errno.EINVAL;
}
