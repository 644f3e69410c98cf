using Mdev.Sdk.Interop;

namespace Mdev.Sdk.Interrupts;

/// <summary>MSI: vectors that signal without a level and cannot be masked here.</summary>
internal sealed class MessageIndex(uint count) : InterruptIndex(count, IrqInfoFlags.EventFd | IrqInfoFlags.NoResize)
{
    private readonly EventFd?[] _vectors = new EventFd?[count];

    public override bool Active => _vectors.AsSpan().ContainsAnyExcept((EventFd?)null);

    public void Signal(int vector) => _vectors[vector]?.Signal();

    public override void Disable()
    {
        foreach (EventFd? vector in _vectors)
            vector?.Dispose();
        Array.Clear(_vectors);
    }

    protected override Errno SetTriggers(in IrqSet set) =>
        Replace(_vectors.AsSpan((int)set.Start, (int)set.Count), set.EventFds);

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
