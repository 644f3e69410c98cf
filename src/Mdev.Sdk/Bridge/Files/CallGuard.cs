using Mdev.Sdk.Bridge.Fuse;

namespace Mdev.Sdk.Bridge.Files;

/// <summary>
/// Lets calls through to a device as long as it is there; when it goes, those under way are waited for. Source: fs/kernfs/dir.c,
/// kernfs_drain.
/// </summary>
internal sealed class CallGuard
{
    [ThreadStatic]
    private static CallGuard? t_within;

    private readonly object _gate = new();
    private int _calls;
    private bool _closed;

    /// <summary>Calls.</summary>
    /// <exception cref="FuseException">ENODEV: the device has gone.</exception>
    public T Call<T>(Func<T> call)
    {
        if (!TryEnter(out CallGuard? outer))
            throw new FuseException(Errno.ENODEV);
        try
        {
            return call();
        }
        finally
        {
            Leave(outer);
        }
    }

    /// <summary>A call begins, if the device is there.</summary>
    /// <param name="outer">For <see cref="Leave"/>, which must follow.</param>
    public bool TryEnter(out CallGuard? outer)
    {
        outer = t_within;
        lock (_gate)
        {
            if (_closed)
                return false;
            _calls++;
        }
        t_within = this;
        return true;
    }

    /// <summary>A call ends.</summary>
    public void Leave(CallGuard? outer)
    {
        t_within = outer;
        lock (_gate)
        {
            _calls--;
            if (_closed)
                Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Lets nobody in any more and waits for those within, but for the calling thread itself: a handler may end its own device.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            while (_calls > (t_within == this ? 1 : 0))
                Monitor.Wait(_gate);
        }
    }
}
