namespace Mdev.Sdk.Device;

/// <summary>What a device does when no guest asks for it: posted work and timers, on the device's lock.</summary>
public abstract partial class VfioDevice
{
    private readonly Queue<Action> _posted = new();
    private readonly List<DeviceTimer> _timers = [];
    private bool _working;
    private bool _ended;

    /// <summary>What timers go by; the system's time unless a test moves one of its own. Set before the first timer is made.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>
    /// Runs work after the access that is under way, on another thread and on the device's lock, in the order of posting. What
    /// throws is logged and counted; what has not begun when the device ends is dropped. It must not block.
    /// </summary>
    /// <remarks>Thread-safe; a handler may call it.</remarks>
    public void Post(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        lock (Gate)
        {
            if (_ended)
                return;
            _posted.Enqueue(work);
            GetToWork();
        }
    }

    /// <summary>Makes a timer whose callback runs on the device's lock. It ends with the device.</summary>
    /// <param name="callback">Must not block; what it throws is logged and counted.</param>
    public DeviceTimer CreateTimer(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new DeviceTimer(this, callback);
        lock (Gate)
            _timers.Add(timer);
        return timer;
    }

    internal bool HasEnded => Volatile.Read(ref _ended);

    /// <summary>Runs a piece of the vendor's code. The caller holds the lock.</summary>
    internal void RunGuarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            Counters.HandlerFaults++;
            DeviceLog.WorkThrew(Logger, e, Uuid);
        }
        Deferred.Follow();
    }

    private void LevelThrew(Exception e)
    {
        Counters.HandlerFaults++;
        DeviceLog.LevelThrew(Logger, e, Uuid);
    }

    /// <summary>Runs a handler of doorbells. The caller holds the lock.</summary>
    internal void RunGuarded(Action<int, ulong> rung, int index, ulong value)
    {
        try
        {
            rung(index, value);
        }
        catch (Exception e)
        {
            Counters.HandlerFaults++;
            DeviceLog.DoorbellThrew(Logger, e, Uuid, index, value);
        }
    }

    private void GetToWork()
    {
        if (_working || _stopped || _posted.Count == 0)
            return;
        _working = true;
        ThreadPool.UnsafeQueueUserWorkItem(static device => device.DoPosted(), this, preferLocal: false);
    }

    // One piece each time the lock is taken, so that a guest's access never waits for more than one.
    private void DoPosted()
    {
        while (true)
        {
            lock (Gate)
            {
                if (_ended || _stopped || !_posted.TryDequeue(out Action? work))
                {
                    _working = false;
                    return;
                }
                RunGuarded(work);
            }
        }
    }

    private void EndWork()
    {
        lock (Gate)
        {
            _ended = true;
            _posted.Clear();
            _held.Clear();
            foreach (DeviceTimer timer in _timers)
                timer.End();
        }

        // Its memory goes next.
        QuiesceAsync(QuiesceReason.End).GetAwaiter().GetResult();
    }
}
