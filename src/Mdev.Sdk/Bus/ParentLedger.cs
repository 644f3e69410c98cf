namespace Mdev.Sdk;

/// <summary>
/// What a registered parent has left, and who works on it. Guarded by the bus's lock. Source: drivers/vfio/mdev, available_instances
/// and unreg_sem.
/// </summary>
internal sealed class ParentLedger(MdevParent parent) : IDisposable
{
    private readonly MdevBudget[] _budgets = [.. parent.Budgets];
    private readonly long[] _used = new long[parent.Budgets.Count];
    private readonly CancellationTokenSource _hurry = new();
    private long _usedCapacity;
    private int _instances;
    private MdevType? _only;
    private int _busy;
    private TaskCompletionSource? _idle;

    /// <summary>Whether an unregistration has begun.</summary>
    public bool IsEnding => _idle is not null;

    /// <summary>Cancelled when no removal waits for a user any more.</summary>
    public CancellationToken Hurried => _hurry.Token;

    /// <summary>How many instances of a type there is room for.</summary>
    public long Room(MdevType type)
    {
        if (IsShutOut(type))
            return 0;
        long room = parent.MaxInstances == 0 ? long.MaxValue : parent.MaxInstances - _instances;
        if (parent.Capacity != long.MaxValue)
            room = Math.Min(room, (parent.Capacity - _usedCapacity) / type.Cost);
        foreach (MdevCost cost in type.Costs)
        {
            int budget = IndexOf(cost.Budget);
            if (cost.Amount > 0)
                room = Math.Min(room, (_budgets[budget].Capacity - _used[budget]) / cost.Amount);
        }
        return Math.Max(room, 0);
    }

    /// <summary>Takes the share of one instance, or nothing.</summary>
    /// <exception cref="MdevException">EUSERS: there are as many as there may be. ENOSPC: something else is used up.</exception>
    public void Take(MdevType type)
    {
        if (parent.MaxInstances != 0 && _instances >= parent.MaxInstances)
        {
            throw new MdevException(Errno.EUSERS,
                $"{parent.Name} has {_instances} instances, and may have no more; remove another instance first.");
        }
        if (IsShutOut(type))
        {
            throw new MdevException(Errno.ENOSPC,
                $"{parent.Name} has instances of one type at a time, and has {_instances} of {_only!.Id}; remove them before one of {type.Id}.");
        }
        if (type.Cost > parent.Capacity - _usedCapacity)
        {
            throw new MdevException(Errno.ENOSPC,
                $"{parent.Name} has no capacity left for {type.Id}, which takes {type.Cost} of {parent.Capacity}; remove another instance first.");
        }
        foreach (MdevCost cost in type.Costs)
        {
            int budget = IndexOf(cost.Budget);
            long left = _budgets[budget].Capacity - _used[budget];
            if (cost.Amount > left)
            {
                throw new MdevException(Errno.ENOSPC,
                    $"{parent.Name} has {left} of {_budgets[budget].Capacity} {cost.Budget} left, and {type.Id} takes {cost.Amount}; remove another instance first.");
            }
        }
        Account(type, 1);
    }

    /// <summary>Gives the share of one instance back.</summary>
    public void GiveBack(MdevType type) => Account(type, -1);

    /// <summary>A creation or a removal begins.</summary>
    public void Enter() => _busy++;

    /// <summary>A creation or a removal has ended.</summary>
    public void Exit()
    {
        if (--_busy == 0)
            _idle?.TrySetResult();
    }

    /// <summary>Lets nobody begin any more.</summary>
    /// <returns>Ends when those have ended who had begun.</returns>
    public Task BeginEnd()
    {
        _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_busy == 0)
            _idle.SetResult();
        return _idle.Task;
    }

    /// <summary>The parent stays.</summary>
    public void GiveUpEnd() => _idle = null;

    /// <summary>Whoever waits for a user waits no more. Not under the lock.</summary>
    public void Hurry() => _hurry.Cancel();

    /// <summary>The parent has gone.</summary>
    public void Dispose() => _hurry.Dispose();

    private bool IsShutOut(MdevType type) => parent.OneTypeAtATime && _only is not null && _only != type;

    private void Account(MdevType type, int sign)
    {
        _instances += sign;
        _only = _instances == 0 ? null : type;
        _usedCapacity += sign * type.Cost;
        foreach (MdevCost cost in type.Costs)
            _used[IndexOf(cost.Budget)] += sign * cost.Amount;
    }

    private int IndexOf(string budget)
    {
        for (int i = 0; i < _budgets.Length; i++)
        {
            if (_budgets[i].Name == budget)
                return i;
        }
        throw new InvalidOperationException($"{parent.Name} has no budget {budget}, which was looked at when it was registered.");
    }
}
