namespace Mdev.Sdk.Interrupts;

/// <summary>
/// MSI: vectors that signal without a level. Where the device's config space can mask them, one that is masked becomes pending
/// and signals when it is unmasked. Source: PCI Local Bus 3.0, section 6.8.3.
/// </summary>
internal partial class MessageIndex(uint count, IrqInfoFlags flags = IrqInfoFlags.EventFd | IrqInfoFlags.NoResize) : InterruptIndex(count, flags)
{
    private readonly EventFd?[] _vectors = new EventFd?[count];
    private readonly int[] _raised = new int[count];
    private readonly VectorBits _masked = new(count);
    private readonly VectorBits _pending = new(count);

    // Pending vectors that no falling line takes back: they were pulsed.
    private readonly VectorBits _pulsed = new(count);

    private bool _active;

    // A mask of the vector's number; all ones for as many as there are.
    private int _allocated = -1;

    // Asked at every signal, so it is kept rather than counted.
    public override ReadOnlySpan<EventFd?> Triggers => _vectors;

    public override bool Active => _active;

    /// <summary>Vectors that wait until they are unmasked.</summary>
    public ReadOnlySpan<ulong> Pending => _pending.Qwords;

    /// <summary>
    /// How many vectors software has allocated, a power of two; those above share them, the first with the first. Source: PCI
    /// Local Bus 3.0, section 6.8.1.3, "Multiple Message Enable": a function with fewer than it asked for uses those.
    /// </summary>
    public int Allocated
    {
        set => _allocated = value >= Count ? -1 : value - 1;
    }

    /// <summary>A line of the vector goes up.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="signals">Whether that is news.</param>
    public void Raise(int vector, bool signals)
    {
        _raised[vector]++;
        if (_active && signals)
            Signal(vector, pulsed: false);
    }

    /// <summary>
    /// A line of the vector goes down. Section 6.8.3.5: a pending bit is cleared when its cause is gone before it was delivered.
    /// </summary>
    public void Lower(int vector)
    {
        // One that others share may be pending for them.
        if (--_raised[vector] == 0 && _allocated < 0 && _pending[vector] && !_pulsed[vector])
            _pending[vector] = false;
    }

    /// <summary>One signal without a level.</summary>
    public void Pulse(int vector) => Signal(vector, pulsed: true);

    public override void Disable()
    {
        foreach (EventFd? vector in _vectors)
            vector?.Dispose();
        Array.Clear(_vectors);
        _active = false;
        ForgetPending();
    }

    public override bool IsVectorMasked(int vector) => _masked[vector];

    public override bool IsVectorPending(int vector) => _pending[vector];

    /// <summary>Masks a vector, or unmasks it and lets through what waited.</summary>
    public void SetMasked(int vector, bool masked)
    {
        if (_masked[vector] == masked)
            return;
        _masked[vector] = masked;
        Deliver(vector);
    }

    /// <summary>Nothing waits any more.</summary>
    public void ForgetPending()
    {
        _pending.Clear();
        _pulsed.Clear();
    }

    protected override Errno SetTriggers(in IrqSet set)
    {
        Errno error = Replace(_vectors.AsSpan((int)set.Start, (int)set.Count), set.EventFds);
        _active = Array.Exists(_vectors, vector => vector is not null);

        // A client may unmask first and listen then.
        for (uint vector = set.Start; error == Errno.None && vector < set.Start + set.Count; vector++)
            Deliver((int)vector);
        return error;
    }

    protected override Errno LoopBack(in IrqSet set)
    {
        if (!Active)
            return Errno.EINVAL;
        for (uint vector = set.Start; vector < set.Start + set.Count; vector++)
        {
            if (set.Selects(vector) && _vectors[vector] is { } trigger)
                Send(trigger, (int)vector);
        }
        return Errno.None;
    }

    private void Signal(int vector, bool pulsed)
    {
        vector &= _allocated;
        if (!_masked[vector])
        {
            if (_vectors[vector] is { } trigger)
                Send(trigger, vector);
            return;
        }
        _pending[vector] = true;
        if (pulsed)
            _pulsed[vector] = true;
    }

    private void Deliver(int vector)
    {
        if (!_pending[vector] || _masked[vector] || _vectors[vector] is not { } eventFd)
            return;
        _pending[vector] = false;
        _pulsed[vector] = false;
        Send(eventFd, vector);
    }
}
