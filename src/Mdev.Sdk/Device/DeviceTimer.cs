namespace Mdev.Sdk.Device;

/// <summary>
/// A timer of a device, made by <see cref="VfioDevice.CreateTimer"/>. Its callback runs on the device's lock. Thread-safe.
/// </summary>
public sealed class DeviceTimer
{
    private readonly VfioDevice _device;
    private readonly Action _callback;
    private ITimer? _timer;
    private TimeSpan? _period;
    private long _start;
    private long _due;

    // It became due while the device was stopped.
    private bool _overdue;

    internal DeviceTimer(VfioDevice device, Action callback) => (_device, _callback) = (device, callback);

    /// <summary>Whether it will fire.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Fires after <paramref name="due"/>, and then every <paramref name="period"/>. A running timer starts afresh.</summary>
    /// <param name="due">At least zero.</param>
    /// <param name="period">More than zero; once, if not given.</param>
    public void Start(TimeSpan due, TimeSpan? period = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(due, TimeSpan.Zero);
        if (period is { } every)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(every, TimeSpan.Zero);
        lock (_device.Gate)
        {
            if (_device.HasEnded)
                return;
            (_period, IsRunning, _overdue) = (period, true, false);
            Arm(due);
        }
    }

    /// <summary>Stops it: the callback does not run any more, unless it is being run by the caller.</summary>
    public void Stop()
    {
        lock (_device.Gate)
        {
            IsRunning = _overdue = false;
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    internal void End()
    {
        IsRunning = false;
        _timer?.Dispose();
    }

    /// <summary>The device goes on: what became due meanwhile fires, once.</summary>
    internal void Resume()
    {
        if (!_overdue)
            return;
        _overdue = false;
        _device.Post(Fire);
    }

    private void Arm(TimeSpan due)
    {
        TimeProvider clock = _device.Clock;
        _start = clock.GetTimestamp();
        _due = due.Ticks;
        _timer ??= clock.CreateTimer(static timer => ((DeviceTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void Fire()
    {
        lock (_device.Gate)
        {
            // It may have been stopped or started afresh while this call waited for the lock. A system timer may also be a little early.
            if (!IsRunning || _device.HasEnded)
                return;
            TimeSpan left = TimeSpan.FromTicks(_due) - _device.Clock.GetElapsedTime(_start);
            if (left > TimeSpan.FromMilliseconds(1))
            {
                _timer!.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }

            if (_device.IsStopped)
            {
                _overdue = true;
                return;
            }

            if (_period is { } period)
                Arm(period);
            else
                IsRunning = false;
            _device.RunGuarded(_callback);
        }
    }
}
