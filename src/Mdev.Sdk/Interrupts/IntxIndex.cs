namespace Mdev.Sdk.Interrupts;

/// <summary>
/// The INTx pin: a level that masks itself with every signal and signals again when it is unmasked and still high.
/// </summary>
internal sealed class IntxIndex()
    : InterruptIndex(1, IrqInfoFlags.EventFd | IrqInfoFlags.Maskable | IrqInfoFlags.AutoMasked)
{
    private readonly EventFd?[] _trigger = new EventFd?[1];
    private readonly EventFd?[] _unmask = new EventFd?[1];
    private int _raisedLines;
    private bool _masked;
    private bool _disabled;

    public override ReadOnlySpan<EventFd?> Triggers => _trigger;

    public override bool Active => _trigger[0] is not null;

    /// <summary>The device's side of the pin, whatever the masks say: the Interrupt Status bit of PCI.</summary>
    public bool Asserted => _raisedLines > 0;

    /// <summary>The client's way to unmask by an eventfd, as KVM does at the end of an interrupt; whoever polls it calls
    /// <see cref="UnmaskSignalled"/>.</summary>
    public EventFd? UnmaskEvent => _unmask[0];

    /// <summary>Interrupt Disable of the PCI command register: the pin stays silent. Clearing it lets a high level through.</summary>
    public bool Disabled
    {
        get => _disabled;
        set
        {
            _disabled = value;
            SignalLevel();
        }
    }

    /// <summary>Whether the device is stopped: the pin stays silent, and a level that is high then signals when it goes on.</summary>
    public bool Stopped
    {
        get;
        set
        {
            field = value;
            SignalLevel();
        }
    }

    /// <summary>One of the lines that share the pin goes up.</summary>
    public void Raise()
    {
        _raisedLines++;
        SignalLevel();
    }

    /// <summary>One of the lines that share the pin goes down.</summary>
    public void Lower() => _raisedLines--;

    /// <summary>One signal without a level. While the pin is masked it is lost, as in the kernel's mtty.</summary>
    public void Pulse()
    {
        if (_masked || _disabled || Stopped || _trigger[0] is not { } trigger)
            return;
        _masked = true;
        Send(trigger, 0);
    }

    public override bool IsVectorMasked(int vector) => _masked || _disabled;

    public override bool IsVectorPending(int vector) => Asserted && (_masked || _disabled || Stopped);

    public void UnmaskSignalled()
    {
        if (_unmask[0] is { } unmask && unmask.Drain())
            Unmask();
    }

    public override void Disable()
    {
        _trigger[0]?.Dispose();
        _unmask[0]?.Dispose();
        _trigger[0] = _unmask[0] = null;
        _masked = false;
    }

    protected override Errno SetTriggers(in IrqSet set)
    {
        if (set.EventFds.IsEmpty)
        {
            Disable();
            return Errno.None;
        }

        Errno error = Replace(_trigger, set.EventFds);
        if (error == Errno.None)
        {
            _masked = false;
            SignalLevel();
        }
        return error;
    }

    protected override Errno LoopBack(in IrqSet set)
    {
        if (!Active)
            return Errno.EINVAL;
        if (set.Selects(0))
            Pulse();
        return Errno.None;
    }

    protected override Errno Mask(in IrqSet set)
    {
        if (!Active)
            return Errno.EINVAL;
        if (set.Data == IrqSetFlags.DataEventFd)
            return Errno.ENOTTY;
        if (set.Selects(0))
            _masked = true;
        return Errno.None;
    }

    protected override Errno Unmask(in IrqSet set)
    {
        if (!Active)
            return Errno.EINVAL;
        if (set.Data == IrqSetFlags.DataEventFd)
            return Replace(_unmask, set.EventFds);
        if (set.Selects(0))
            Unmask();
        return Errno.None;
    }

    private void Unmask()
    {
        _masked = false;
        SignalLevel();
    }

    private void SignalLevel()
    {
        if (Asserted)
            Pulse();
    }
}
