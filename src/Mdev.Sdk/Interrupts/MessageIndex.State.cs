using Mdev.Sdk.State;

namespace Mdev.Sdk.Interrupts;

/// <summary>What waits behind a mask is state of the device; who listens and what the client masks is not.</summary>
internal partial class MessageIndex
{
    public virtual void SaveState(StateWriter writer)
    {
        _pending.SaveState(writer);
        _pulsed.SaveState(writer);
    }

    /// <summary>Checks or restores what <see cref="SaveState"/> wrote. Nothing is delivered: the masks may come later.</summary>
    public virtual void LoadState(ref StateReader reader)
    {
        _pending.LoadState(ref reader);
        _pulsed.LoadState(ref reader);
    }

    /// <summary>Masks a vector or unmasks it, and lets nothing through.</summary>
    public void RestoreMasked(int vector, bool masked) => _masked[vector] = masked;

    /// <summary>After a state was loaded: what waits behind no mask has never been sent, and somebody may listen now.</summary>
    public void DeliverWaiting()
    {
        for (int vector = 0; vector < Count; vector++)
            Deliver(vector);
    }
}
