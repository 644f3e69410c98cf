namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>Calls that a signal to their caller may interrupt, by the number of their request. Thread-safe.</summary>
internal sealed class PendingCalls
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, CancellationTokenSource> _calls = [];
    private bool _ended;

    /// <summary>A call begins.</summary>
    public CancellationToken Add(ulong unique)
    {
        var source = new CancellationTokenSource();
        lock (_gate)
        {
            _calls.Add(unique, source);
            if (_ended)
                source.Cancel();
        }
        return source.Token;
    }

    /// <summary>A call has ended.</summary>
    public void Remove(ulong unique)
    {
        // Not disposed: an interrupt of it may be under way, and it holds no timer.
        lock (_gate)
            _calls.Remove(unique);
    }

    /// <summary>Interrupts a call; nothing if it has ended. What hangs on that does not run on the calling thread.</summary>
    public void Interrupt(ulong unique)
    {
        lock (_gate)
        {
            if (_calls.TryGetValue(unique, out CancellationTokenSource? source))
                Cancel(source);
        }
    }

    /// <summary>Interrupts all calls, those to come too.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            foreach (CancellationTokenSource source in _calls.Values)
                Cancel(source);
        }
    }

    private static void Cancel(CancellationTokenSource source) =>
        ThreadPool.UnsafeQueueUserWorkItem(static s => s.Cancel(), source, preferLocal: false);
}
