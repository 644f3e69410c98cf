namespace Mdev.Sdk;

/// <summary>What a registered parent has left, and who works on it. Guarded by the bus's lock.</summary>
internal sealed class ParentLedger(MdevParent parent)
{
    private readonly MdevBudget[] _budgets = [.. parent.Budgets];
    private readonly long[] _used = new long[parent.Budgets.Count];
    private long _usedCapacity;
    private MdevType? _only;

    /// <summary>How many instances hold a share.</summary>
    public int Count { get; private set; }

    /// <summary>Whether an unregistration has begun.</summary>
    public bool Ending { get; set; }

    /// <summary>How many creations and removals are under way.</summary>
    public int Busy { get; set; }

    /// <summary>Completed when <see cref="Busy"/> falls to zero.</summary>
    public TaskCompletionSource? Idle { get; set; }

    /// <summary>How many instances of a type there is room for.</summary>
    public long Room(MdevType type)
    {
        if (parent.OneTypeAtATime && _only is not null && _only != type)
            return 0;
        long room = parent.MaxInstances == 0 ? long.MaxValue : parent.MaxInstances - Count;
        if (parent.Capacity != long.MaxValue)
            room = Math.Min(room, (parent.Capacity - _usedCapacity) / type.Cost);
        foreach (MdevCost cost in type.Costs)
        {
            int budget = IndexOf(cost.Budget);
            if (cost.Amount > 0)
                room = Math.Min(room, (_budgets[budget].Capacity - _used[budget]) / cost.Amount);
        }
        return room;
    }

    /// <summary>Takes the share of one instance, or nothing.</summary>
    /// <exception cref="MdevException">EUSERS: as many as there may be. ENOSPC: something else is used up.</exception>
    public void Take(MdevType type)
    {
        if (parent.MaxInstances != 0 && Count >= parent.MaxInstances)
            throw new MdevException(Errno.EUSERS, $"{parent.Name} has its {parent.MaxInstances} instances; remove one first.");
        if (parent.OneTypeAtATime && _only is not null && _only != type)
            throw new MdevException(Errno.ENOSPC, $"{parent.Name} has instances of {_only.Id}, and of one type only at a time; remove them first.");
        if (type.Cost > parent.Capacity - _usedCapacity)
        {
            throw new MdevException(Errno.ENOSPC,
                $"{parent.Name} has no capacity left for {type.Id}, which takes {type.Cost} of {parent.Capacity}; remove another instance first.");
        }
        foreach (MdevCost cost in type.Costs)
        {
            int budget = IndexOf(cost.Budget);
            if (cost.Amount > _budgets[budget].Capacity - _used[budget])
            {
                throw new MdevException(Errno.ENOSPC,
                    $"{parent.Name} has {_budgets[budget].Capacity - _used[budget]} of {_budgets[budget].Capacity} {cost.Budget} left, and {type.Id} takes {cost.Amount}; remove another instance first.");
            }
        }
        Move(type, 1);
    }

    /// <summary>Gives the share of one instance back.</summary>
    public void GiveBack(MdevType type) => Move(type, -1);

    private void Move(MdevType type, int sign)
    {
        Count += sign;
        _only = Count == 0 ? null : type;
        _usedCapacity += sign * type.Cost;
        foreach (MdevCost cost in type.Costs)
            _used[IndexOf(cost.Budget)] += sign * cost.Amount;
    }

    private int IndexOf(string budget) => Array.FindIndex(_budgets, b => b.Name == budget);
}
