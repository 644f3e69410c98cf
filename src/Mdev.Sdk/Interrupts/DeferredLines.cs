namespace Mdev.Sdk.Interrupts;

/// <summary>
/// The derived lines that changed during a guest's access: they settle once, at its end, so that what goes up and down again in
/// between is no interrupt. Used on the device's lock; allocates nothing.
/// </summary>
/// <param name="threw">Told what a level throws that a line follows.</param>
internal sealed class DeferredLines(Action<Exception> threw)
{
    private readonly List<InterruptLine> _followers = [];

    private InterruptLine? _first;

    /// <summary>Whether a guest's access is being carried out.</summary>
    public bool UnderWay { get; private set; }

    /// <summary>Whether levels are being restored: the messages of those that were high have been sent in another life.</summary>
    public bool IsRestoring { get; set; }

    /// <summary>
    /// Whether the device is stopped: lines change and signal when it goes on. Levels that are restored do so all the same, in silence.
    /// </summary>
    public bool IsStopped { get; set; }

    /// <summary>Whether what a line wants must wait until the device goes on.</summary>
    public bool Waits => IsStopped && !IsRestoring;

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
        if (Waits)
            return;
        while (_first is { } line)
        {
            _first = line.NextDeferred;
            line.NextDeferred = null;
            line.IsDeferred = false;
            line.Settle();
        }
        Follow();
    }

    /// <summary>The line follows a level (<see cref="InterruptLine.Follow"/>).</summary>
    public void AddFollower(InterruptLine line)
    {
        if (!_followers.Contains(line))
            _followers.Add(line);
    }

    /// <summary>Asks the levels: something may have changed them.</summary>
    public void Follow()
    {
        if (Waits)
            return;

        // No enumerator: most devices have no such line, and this is on the way of every access.
        for (int i = 0; i < _followers.Count; i++)
            _followers[i].Settle();
    }

    public void LevelThrew(Exception e) => threw(e);
}
