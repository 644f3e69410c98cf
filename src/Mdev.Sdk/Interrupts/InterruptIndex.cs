using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Interrupts;

/// <summary>One of a device's interrupt indices as VFIO numbers them, with its eventfds. Used on the device's lock.</summary>
/// <remarks>The reference for each rule is drivers/vfio/pci/vfio_pci_intrs.c.</remarks>
internal abstract class InterruptIndex(uint count, IrqInfoFlags flags)
{
    public uint Count { get; } = count;

    public IrqInfoFlags Flags { get; } = flags;

    /// <summary>Whether any eventfd is set.</summary>
    public abstract bool Active { get; }

    /// <summary>The client's eventfds that are signalled here; read without the lock, so that some may be gone already.</summary>
    public abstract ReadOnlySpan<EventFd?> Triggers { get; }

    /// <summary>Signals sent so far, of all vectors.</summary>
    public long Signals { get; private set; }

    /// <summary>Told the vector of each signal; <see langword="null"/> unless somebody traces the device.</summary>
    public Action<int>? Signalled { get; set; }

    /// <summary>Whether a vector is kept from signalling.</summary>
    public virtual bool IsVectorMasked(int vector) => false;

    /// <summary>Whether a vector signals once it is unmasked.</summary>
    public virtual bool IsVectorPending(int vector) => false;

    /// <summary>Drops all eventfds and masks.</summary>
    public abstract void Disable();

    /// <summary>Carries out a SET_IRQS whose range lies inside the index.</summary>
    public Errno Set(in IrqSet set)
    {
        if (set.DisablesIndex)
        {
            Disable();
            return Errno.None;
        }

        return set.Action switch
        {
            IrqSetFlags.ActionTrigger when set.Data == IrqSetFlags.DataEventFd => SetTriggers(set),
            IrqSetFlags.ActionTrigger => LoopBack(set),
            IrqSetFlags.ActionMask => Mask(set),
            _ => Unmask(set),
        };
    }

    /// <summary>TRIGGER with eventfds, or with none to take them away.</summary>
    protected abstract Errno SetTriggers(in IrqSet set);

    /// <summary>TRIGGER with DATA_NONE or DATA_BOOL: signals as if the device had.</summary>
    protected abstract Errno LoopBack(in IrqSet set);

    /// <summary>Sends a signal.</summary>
    protected void Send(EventFd trigger, int vector)
    {
        Signals++;
        Signalled?.Invoke(vector);
        trigger.Signal();
    }

    protected virtual Errno Mask(in IrqSet set) => Errno.ENOTTY;

    protected virtual Errno Unmask(in IrqSet set) => Errno.ENOTTY;

    /// <summary>Replaces the eventfds of the set's range: all of them, or none if one descriptor is no eventfd.</summary>
    protected static Errno Replace(Span<EventFd?> slots, Span<SafeFileHandle?> handles)
    {
        var adopted = new EventFd?[slots.Length];
        for (int i = 0; i < handles.Length; i++)
        {
            adopted[i] = EventFd.TryAdopt(handles[i]!);
            if (adopted[i] is null)
                return Errno.EINVAL;
        }

        handles.Clear();
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i]?.Dispose();
            slots[i] = adopted[i];
        }
        return Errno.None;
    }
}
