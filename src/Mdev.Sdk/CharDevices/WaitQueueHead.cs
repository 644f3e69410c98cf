namespace Mdev.Sdk;

/// <summary>Whom a character device has wait: what the kernel calls a wait_queue_head. Thread-safe.</summary>
public sealed class WaitQueueHead
{
    private readonly Lock _gate = new();
    private Action[] _woken = [];
    private int _isWaitedFor;

    /// <summary>
    /// Something has changed: who waits is tried again, and who polls is told. After the change, on any thread, with the device's lock or
    /// without; nothing but a fence where nobody waits.
    /// </summary>
    public void WakeUp()
    {
        // The change must be seen before nobody is: a handler that did not see it has been waited for by then. Off the device's lock
        // nothing else orders the two. Source: the kernel's waitqueue_active(), whose users need the same.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isWaitedFor) == 0 || Interlocked.Exchange(ref _isWaitedFor, 0) == 0)
            return;
        foreach (Action woken in Volatile.Read(ref _woken))
            woken();
    }

    /// <summary>Somebody more is told, on any thread and perhaps on the device's lock, so it must not block: a device may be served in two places.</summary>
    internal void Connect(Action woken)
    {
        lock (_gate)
            Volatile.Write(ref _woken, [.. _woken, woken]);
    }

    /// <summary>Ends <see cref="Connect"/>; a wake-up under way may still tell.</summary>
    internal void Disconnect(Action woken)
    {
        lock (_gate)
            Volatile.Write(ref _woken, [.. _woken.Where(other => other != woken)]);
    }

    /// <summary>Has the next <see cref="WakeUp"/> tell. Before the handler is asked, so that none between its answer and the wait is missed.</summary>
    internal void Prepare() => Interlocked.Exchange(ref _isWaitedFor, 1);
}
