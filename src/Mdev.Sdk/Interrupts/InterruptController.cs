namespace Mdev.Sdk.Interrupts;

/// <summary>A device's interrupt indices and what a client has connected to them. Used on the device's lock.</summary>
/// <param name="indices">How many there are.</param>
/// <param name="exclusive">Whether they are ways of one interrupt, of which one is in use at a time, as PCI's are.</param>
internal sealed class InterruptController(int indices, bool exclusive = true)
{
    private readonly InterruptIndex?[] _indices = new InterruptIndex?[indices];

    /// <summary>Number of indices, used ones or not.</summary>
    public int Count => _indices.Length;

    /// <summary>The pin, where there is one.</summary>
    public IntxIndex? Intx { get; private set; }

    /// <summary>Those that a client may unmask by an eventfd.</summary>
    public List<IntxIndex> Levels { get; } = [];

    /// <summary>An index; <see langword="null"/> if the device has no such interrupts.</summary>
    public InterruptIndex? this[uint index] => index < _indices.Length ? _indices[index] : null;

    public void Add(int index, InterruptIndex interrupts)
    {
        _indices[index] = interrupts;
        if (interrupts is not IntxIndex level)
            return;
        Intx ??= level;
        Levels.Add(level);
    }

    public Errno Set(uint index, in IrqSet set)
    {
        if (this[index] is not { } interrupts)
            return Errno.EINVAL;

        // Source: linux/vfio.h, "vfio_irq_set": start and count lie inside the index, also when it is switched off.
        if (set.Start >= interrupts.Count || set.Count > interrupts.Count - set.Start)
            return Errno.EINVAL;

        bool arms = !set.EventFds.IsEmpty && set.Action == IrqSetFlags.ActionTrigger;
        if (arms && exclusive && interrupts is not NotificationIndex && AnotherIsActive(interrupts))
            return Errno.EINVAL;
        return interrupts.Set(set);
    }

    /// <summary>Says who is told of each signal, by index and vector; <see langword="null"/> for nobody.</summary>
    public void Trace(Action<int, int>? signalled)
    {
        for (int i = 0; i < _indices.Length; i++)
        {
            int index = i;
            _indices[i]?.Signalled = signalled is null ? null : vector => signalled(index, vector);
        }
    }

    /// <summary>After a state was loaded: messages that wait behind no mask go out.</summary>
    public void DeliverWaiting()
    {
        foreach (InterruptIndex? index in _indices)
            (index as MessageIndex)?.DeliverWaiting();
    }

    /// <summary>Lets signals go on that wait for a client. The only call that needs no lock.</summary>
    public void Unblock()
    {
        foreach (InterruptIndex? index in _indices)
        {
            if (index is null)
                continue;
            foreach (EventFd? trigger in index.Triggers)
                trigger?.Unblock();
        }
    }

    /// <summary>Drops everything that the client has connected: it is gone.</summary>
    public void DisableAll()
    {
        foreach (InterruptIndex? index in _indices)
            index?.Disable();
    }

    // Of INTx, MSI and MSI-X one is in use at a time.
    private bool AnotherIsActive(InterruptIndex wanted)
    {
        foreach (InterruptIndex? index in _indices)
        {
            if (index is { Active: true } and not NotificationIndex && index != wanted)
                return true;
        }
        return false;
    }
}
