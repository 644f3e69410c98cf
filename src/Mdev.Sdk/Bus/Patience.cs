namespace Mdev.Sdk;

/// <summary>How long somebody waits for users: until his deadline, until he gives up, or until somebody else takes over.</summary>
internal sealed class Patience(TimeProvider clock, CancellationToken cancel) : IDisposable
{
    // More than a timer can be told, which is seven weeks: no deadline for anybody.
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    // Not disposed: it has no timer of its own, and who takes over may end it at any time.
    private readonly CancellationTokenSource _end = new();
    private CancellationTokenRegistration _givingUp;
    private ITimer? _timer;
    private volatile bool _late;

    /// <summary>Cancelled when it is over.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>Whether it was the deadline that ended it.</summary>
    public bool IsLate => _late && !cancel.IsCancellationRequested;

    /// <summary>Time runs from here.</summary>
    /// <param name="deadline">How long; <see langword="null"/> for ever.</param>
    public void Begin(TimeSpan? deadline)
    {
        _givingUp = cancel.UnsafeRegister(static patience => ((Patience)patience!).End(), this);
        if (deadline is not { } time || time > s_longest || time == Timeout.InfiniteTimeSpan)
            return;
        if (time <= TimeSpan.Zero)
            RunOut();
        else
            _timer = clock.CreateTimer(static patience => ((Patience)patience!).RunOut(), this, time, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Nobody waits any more. Not under a lock: what waited goes on in it.</summary>
    public void End() => _end.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _givingUp.Dispose();
        _timer?.Dispose();
    }

    private void RunOut()
    {
        _late = true;
        End();
    }
}
