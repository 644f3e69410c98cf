namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>Threads for calls that may block: one more when all are busy, up to a number; what finds none waits in line.</summary>
/// <remarks>Not the thread pool, which vendors' blocking calls could fill up for the whole process.</remarks>
internal sealed class WorkerThreads
{
    private static readonly TimeSpan s_idleTime = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly Queue<Action> _line = [];
    private readonly string _name;
    private readonly int _most;
    private int _threads, _idle;
    private bool _ended;

    public WorkerThreads(string name, int most)
    {
        (_name, _most) = (name, most);
        StartOne();
    }

    /// <summary>Runs an action, which must not throw.</summary>
    public void Run(Action action)
    {
        lock (_gate)
        {
            _line.Enqueue(action);
            if (_idle >= _line.Count)
            {
                Monitor.Pulse(_gate);
            }
            else if (_threads < _most)
            {
                TryStartOne();
            }
        }
    }

    /// <summary>The threads end once nothing is in line.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }
    }

    // Where the system gives no more threads, those there are do it.
    private void TryStartOne()
    {
        try
        {
            StartOne();
        }
        catch (OutOfMemoryException)
        {
        }
    }

    private void StartOne()
    {
        new Thread(Work) { IsBackground = true, Name = _name }.Start();
        _threads++;
    }

    private void Work()
    {
        while (Take() is { } action)
            action();
    }

    private Action? Take()
    {
        lock (_gate)
        {
            while (_line.Count == 0)
            {
                _idle++;

                // The last one stays, so that something is always done.
                bool told = !_ended && Monitor.Wait(_gate, _threads > 1 ? s_idleTime : Timeout.InfiniteTimeSpan);
                _idle--;
                if (!told && _line.Count == 0 && (_ended || _threads > 1))
                {
                    _threads--;
                    return null;
                }
            }
            return _line.Dequeue();
        }
    }
}
