namespace Mdev.Sdk;

/// <summary>Asks at once and every ten seconds until it is disposed. Source: drivers/vfio/vfio_main.c, vfio_unregister_group_dev.</summary>
internal sealed class UserRequests : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    private readonly Action<int> _ask;
    private readonly ITimer _timer;
    private volatile bool _ended;
    private int _count;

    /// <param name="clock">What the seconds go by.</param>
    /// <param name="ask">Given how often it has asked before. Must not throw.</param>
    public UserRequests(TimeProvider clock, Action<int> ask)
    {
        _ask = ask;
        _timer = clock.CreateTimer(static requests => ((UserRequests)requests!).Ask(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Ask();
    }

    /// <summary>Asks no more; one that is under way goes on.</summary>
    public void Dispose()
    {
        _ended = true;
        _timer.Dispose();
    }

    private void Ask()
    {
        if (_ended)
            return;
        _ask(_count++);

        // After the asking, however long that took.
        if (!_ended)
            _timer.Change(s_interval, Timeout.InfiniteTimeSpan);
    }
}
