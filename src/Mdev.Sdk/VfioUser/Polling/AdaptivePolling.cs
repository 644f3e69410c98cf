namespace Mdev.Sdk.VfioUser.Polling;

/// <summary>
/// Decides, for one thread that waits for messages, when it polls for the next one before it sleeps, and for how long: waking a
/// sleeping thread takes longer than a register access does, but one that polls in vain takes a core from others.
/// </summary>
/// <remarks>
/// The time follows the waits as that of KVM's halt polling does (Linux, Documentation/virt/kvm/halt-polling.rst): it doubles
/// where the longest one would have been enough, and is halved, at last to nothing, where not even that would. Unlike a virtual CPU,
/// the thread may stand in the way of the one it waits for: where another thread wanted the core, or a message comes as
/// soon as the thread sleeps and however long it polled, there is a pause. Makes no system call but for the time.
/// </remarks>
/// <param name="maximum">The longest time to poll for; zero for never.</param>
/// <param name="budget">Shared by the threads of the process.</param>
/// <param name="clock">What times are taken from.</param>
internal sealed class AdaptivePolling(TimeSpan maximum, PollBudget budget, TimeProvider clock)
{
    /// <summary>
    /// A pause lasts as long as what was lost, twice as long if no polling has helped since the pause before, and so on up to this many times as long: where
    /// polling never helps, pauses soon are the longest; where it is disturbed now and then, it goes on.
    /// </summary>
    /// <remarks>
    /// So many because giving the core away costs more than the time until it is back: for milliseconds afterwards round trips can take a
    /// quarter longer (measured on Linux 6.18, in turns of 300; a preempted server is what the counters show more of then). Pauses of
    /// 64 times 10 us brought that back before it had ended.
    /// </remarks>
    public const int MostPauseFactor = 4096;

    /// <summary>No pause is longer: what stood in the way may be gone.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// This many messages in a row that came after the thread had slept for no longer than it polled make a pause, until polling
    /// helps again. Growing takes fewer.
    /// </summary>
    public const int MostNearMisses = 8;

    /// <summary>The first time that is tried, and the shortest.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMicroseconds(10);

    private readonly long _maximum = TicksOf(maximum, clock);
    private readonly long _least = TicksOf(maximum < Least ? maximum : Least, clock);
    private readonly long _longestPause = TicksOf(LongestPause, clock);
    private long _window;
    private long _began;
    private long _pausedUntil = long.MinValue;
    private int _pauseFactor = 1;
    private int _nearMisses;
    private bool _isTimed;
    private bool _isPolled;
    private bool _hasPlace;

    /// <summary>For how long a wait is polled outside of a pause.</summary>
    public TimeSpan Window => clock.GetElapsedTime(0, _window);

    /// <summary>A wait begins.</summary>
    /// <returns>Whether it is polled; otherwise the thread sleeps, and says <see cref="Woke"/>.</returns>
    public bool Begin()
    {
        (_isTimed, _isPolled) = (false, false);
        if (_maximum == 0)
            return false;
        _began = clock.GetTimestamp();
        if (_began < _pausedUntil)
            return false;

        // Kept until the thread sleeps: as long as messages come, their number makes no traffic between cores.
        _isPolled = _window != 0 && (_hasPlace || (_hasPlace = budget.TryEnter()));
        _isTimed = _isPolled || _window == 0;
        return _isPolled;
    }

    /// <summary>There is nothing yet.</summary>
    /// <returns>Whether to look again; otherwise the thread says <see cref="GiveUp"/>.</returns>
    public bool GoesOn() => clock.GetTimestamp() - _began < _window;

    /// <summary>There is something, after at least one look at nothing.</summary>
    /// <param name="wanted">Whether another thread has run on this core meanwhile.</param>
    public void Hit(bool wanted)
    {
        _nearMisses = 0;
        if (wanted)
            Pause(clock.GetTimestamp());
        else if (_pauseFactor > 1)
            _pauseFactor /= 2;
    }

    /// <summary>There is still nothing, and the thread sleeps; then it says <see cref="Woke"/>.</summary>
    /// <param name="wanted">Whether another thread has run on this core meanwhile.</param>
    public void GiveUp(bool wanted)
    {
        if (wanted)
            Pause(clock.GetTimestamp());
        End();
    }

    /// <summary>The thread was woken by what it waits for.</summary>
    public void Woke()
    {
        if (!_isTimed)
            return;
        long now = clock.GetTimestamp(), waited = now - _began;
        bool isNear = _isPolled && waited <= 2 * _window;
        if (waited <= _maximum)
            _window = Math.Min(_maximum, Math.Max(_least, _window * 2));
        else
            _window = _window / 2 < _least ? 0 : _window / 2;

        if (!isNear)
            _nearMisses = 0;
        else if (_nearMisses < MostNearMisses - 1)
            _nearMisses++;
        else
            Pause(now);
    }

    /// <summary>Gives back what it holds of the budget: the thread sleeps or ends.</summary>
    public void End()
    {
        if (!_hasPlace)
            return;
        _hasPlace = false;
        budget.Leave();
    }

    private void Pause(long now)
    {
        _pausedUntil = now + Math.Min(_longestPause, _pauseFactor * (now - _began));
        _pauseFactor = Math.Min(MostPauseFactor, _pauseFactor * 2);
        End();
    }

    private static long TicksOf(TimeSpan time, TimeProvider clock) => (long)(time.TotalSeconds * clock.TimestampFrequency);
}
