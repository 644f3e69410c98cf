namespace Mdev.Sdk.Interrupts;

/// <summary>MSI: vectors that signal without a level and cannot be masked here.</summary>
internal sealed class MessageIndex(uint count) : InterruptIndex(count, IrqInfoFlags.EventFd | IrqInfoFlags.NoResize)
{
    private readonly EventFd?[] _vectors = new EventFd?[count];

    private bool _active;

    // Asked at every signal, so it is kept rather than counted.
    public override bool Active => _active;

    public void Signal(int vector) => _vectors[vector]?.Signal();

    public override void Disable()
    {
        foreach (EventFd? vector in _vectors)
            vector?.Dispose();
        Array.Clear(_vectors);
        _active = false;
    }

    protected override Errno SetTriggers(in IrqSet set)
    {
        Errno error = Replace(_vectors.AsSpan((int)set.Start, (int)set.Count), set.EventFds);
        _active = Array.Exists(_vectors, vector => vector is not null);
        return error;
    }

    protected override Errno LoopBack(in IrqSet set)
    {
        if (!Active)
            return Errno.EINVAL;
        for (uint vector = set.Start; vector < set.Start + set.Count; vector++)
        {
            if (set.Selects(vector))
                Signal((int)vector);
        }
        return Errno.None;
    }
}
