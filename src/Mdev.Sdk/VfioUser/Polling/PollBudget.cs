namespace Mdev.Sdk.VfioUser.Polling;

/// <summary>
/// How many threads may poll at once. One that polls keeps a core to itself, and whoever it waits for needs another one: more
/// than half of the cores would have pollers wait for each other.
/// </summary>
/// <param name="limit">Threads; 0 where there is no core to spare.</param>
internal sealed class PollBudget(int limit)
{
    private int _free = limit;

    /// <summary>The one of this process, by the cores that it may use.</summary>
    public static PollBudget OfProcess { get; } = new(Environment.ProcessorCount / 2);

    /// <summary>Takes a place, which <see cref="Leave"/> gives back.</summary>
    /// <returns>Whether there was one; nobody waits for one.</returns>
    public bool TryEnter()
    {
        // A look first: where all are taken, the many who ask leave each other's caches alone.
        if (Volatile.Read(ref _free) <= 0)
            return false;
        if (Interlocked.Decrement(ref _free) >= 0)
            return true;
        Interlocked.Increment(ref _free);
        return false;
    }

    public void Leave() => Interlocked.Increment(ref _free);
}
