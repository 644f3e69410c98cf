namespace Mdev.Sdk;

/// <summary>
/// What a registered parent has left, who has the rest, and who works on it. Guarded by the bus's lock. Source: drivers/vfio/mdev,
/// available_instances and unreg_sem.
/// </summary>
/// <param name="parent">
/// What it declares is read once, here: a vendor's overrides are his code, which has no business under the lock, and what was taken must be
/// what is given back.
/// </param>
/// <param name="bus">Where it is to be registered.</param>
internal sealed partial class ParentLedger(MdevParent parent, MdevBus? bus = null)
{
    private readonly long _capacity = parent.Capacity;
    private readonly int _most = parent.MaxInstances;
    private readonly bool _oneTypeAtATime = parent.OneTypeAtATime;
    private readonly Budget[] _budgets = [.. parent.Budgets.Select(b => new Budget(b.Name, b.Capacity))];
    private long _used;
    private int _instances;
    private MdevType? _only;

    /// <summary>The parent's name, which is fixed now.</summary>
    public string Name { get; } = parent.Name;

    /// <summary>Where it is registered; <see langword="null"/> if it only might be.</summary>
    public MdevBus? Bus { get; } = bus;

    /// <summary>How many instances of a type there is room for.</summary>
    public long Room(MdevType type)
    {
        if (IsShutOut(type))
            return 0;
        long room = _most == 0 ? long.MaxValue : _most - _instances;
        if (_capacity != long.MaxValue)
            room = Math.Min(room, (_capacity - _used) / type.Cost);
        for (int i = 0; i < type.Costs.Count; i++)
        {
            MdevCost cost = type.Costs[i];
            if (cost.Amount > 0)
                room = Math.Min(room, Of(cost.Budget).Left / cost.Amount);
        }
        return room;
    }

    /// <exception cref="MdevException">EUSERS: there are as many instances as there may be.</exception>
    public void RequireOneMore()
    {
        if (_most != 0 && _instances >= _most)
        {
            throw new MdevException(Errno.EUSERS,
                $"{Name} has {_instances} instances, and may have no more; {Holders(static (_, _) => true, "")}.");
        }
    }

    /// <summary>Takes the share of one instance, or nothing.</summary>
    /// <exception cref="MdevException">ENOSPC: which budget is used up, what is left, and who has the rest.</exception>
    public void Take(MdevType type)
    {
        if (IsShutOut(type))
        {
            throw new MdevException(Errno.ENOSPC,
                $"{Name} has instances of one type at a time, and has {_instances} of {_only!.Id}; remove them before one of {type.Id} ({Holders(static (_, _) => true, "")}).");
        }
        if (_capacity != long.MaxValue && type.Cost > _capacity - _used)
        {
            throw new MdevException(Errno.ENOSPC,
                $"{Name} has {_capacity - _used} of {_capacity} left, and {type.Id} takes {type.Cost} of {_capacity}; {Holders(static (_, _) => true, "")}.");
        }
        for (int i = 0; i < type.Costs.Count; i++)
        {
            (string name, long amount) = type.Costs[i];
            Budget budget = Of(name);
            if (amount > budget.Left)
            {
                throw new MdevException(Errno.ENOSPC,
                    $"{Name} has {budget.Left} of {budget.Capacity} {name} left, and {type.Id} takes {amount}; {Holders(Takes, name)}.");
            }
        }
        Account(type, 1);
    }

    /// <summary>Gives the share of one instance back.</summary>
    public void GiveBack(MdevType type) => Account(type, -1);

    private bool IsShutOut(MdevType type) => _oneTypeAtATime && _only is not null && _only != type;

    private void Account(MdevType type, int sign)
    {
        _instances += sign;
        _only = _instances == 0 ? null : type;
        if (_capacity != long.MaxValue)
            _used += sign * type.Cost;
        for (int i = 0; i < type.Costs.Count; i++)
            Of(type.Costs[i].Budget).Used += sign * type.Costs[i].Amount;
    }

    private static bool Takes(MdevType type, string budget) => type.Costs.Any(cost => cost.Budget == budget && cost.Amount > 0);

    // A few of them: the sentence is for people, and there may be thousands.
    private string Holders(Func<MdevType, string, bool> takes, string budget)
    {
        const int MostNamed = 3, MostLookedAt = 64;
        var named = new List<string>(MostNamed);
        int looked = 0;
        InstanceEntry? at = First;
        for (; at is not null && looked < MostLookedAt && named.Count < MostNamed; at = at.Next, looked++)
        {
            if (takes(at.Type, budget))
                named.Add($"{at.Uuid} ({at.Type.Id})");
        }
        return named.Count == 0
            ? "others have the rest"
            : $"{string.Join(", ", named)}{(at is null ? "" : " and others")} {(named.Count == 1 && at is null ? "has" : "have")} the rest: remove one";
    }

    private Budget Of(string name)
    {
        foreach (Budget budget in _budgets)
        {
            if (budget.Name == name)
                return budget;
        }
        throw new InvalidOperationException($"{Name} has no budget {name}, which was looked at when it was registered.");
    }

    private sealed class Budget(string name, long capacity)
    {
        public string Name { get; } = name;

        public long Capacity { get; } = capacity;

        public long Used { get; set; }

        public long Left => Capacity - Used;
    }
}
