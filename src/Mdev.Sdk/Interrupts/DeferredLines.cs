namespace Mdev.Sdk.Interrupts;

/// <summary>
/// The derived lines that changed during a guest's access: they settle once, at its end, so that what goes up and down again in
/// between is no interrupt. Used on the device's lock; allocates nothing.
/// </summary>
internal sealed class DeferredLines
{
    private InterruptLine? _first;

    /// <summary>Whether a guest's access is being carried out.</summary>
    public bool UnderWay { get; private set; }

    public void Begin() => UnderWay = true;

    public void Defer(InterruptLine line)
    {
        if (line.IsDeferred)
            return;
        line.IsDeferred = true;
        line.NextDeferred = _first;
        _first = line;
    }

    public void End()
    {
        UnderWay = false;
        while (_first is { } line)
        {
            _first = line.NextDeferred;
            line.NextDeferred = null;
            line.IsDeferred = false;
            line.Settle();
        }
    }
}
