namespace Mdev.Sdk;

/// <summary>Whom a character device has wait: what the kernel calls a wait_queue_head. Thread-safe.</summary>
public sealed class WaitQueueHead
{
    private Action? _woken;
    private int _isWaitedFor;

    /// <summary>Something has changed: who waits is tried again, and who polls is told. Cheap where nobody waits.</summary>
    public void WakeUp()
    {
        if (Volatile.Read(ref _isWaitedFor) != 0 && Interlocked.Exchange(ref _isWaitedFor, 0) != 0)
            Volatile.Read(ref _woken)?.Invoke();
    }

    /// <summary>Who is told, on any thread and perhaps on the device's lock, so it must not block; <see langword="null"/> for nobody.</summary>
    internal void Connect(Action? woken) => Volatile.Write(ref _woken, woken);

    /// <summary>Has the next <see cref="WakeUp"/> tell. Before the handler is asked, so that none between its answer and the wait is missed.</summary>
    internal void Prepare() => Interlocked.Exchange(ref _isWaitedFor, 1);
}
