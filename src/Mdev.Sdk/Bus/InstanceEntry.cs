namespace Mdev.Sdk;

/// <summary>
/// What the bus knows of an instance from the moment its UUID is taken until it is free again. Guarded by the bus's lock. Source:
/// drivers/vfio/mdev, mdev_list and the <c>active</c> flag.
/// </summary>
internal sealed class InstanceEntry(Guid uuid, MdevType type, ParentLedger ledger)
{
    private TaskCompletionSource? _settled;

    public Guid Uuid { get; } = uuid;

    public MdevType Type { get; } = type;

    public ParentLedger Ledger { get; } = ledger;

    public InstanceState State { get; set; } = InstanceState.Creating;

    /// <summary>What the vendor reserved for it.</summary>
    public IDisposable? Reserved { get; set; }

    public IDisposable? Device { get; set; }

    public MdevInstance? Instance { get; set; }

    /// <summary>Whose removal waits for its users; nobody's if it is not waiting, or has been overtaken.</summary>
    public Patience? Remover { get; set; }

    /// <summary>Whose removal has been overtaken by one by force: it waits no longer once the instance has gone.</summary>
    public Patience? Overtaken { get; set; }

    /// <summary>Whether it is removed because its parent goes.</summary>
    public bool GoesWithParent { get; set; }

    /// <summary>The instance of the same parent that was made after it.</summary>
    public InstanceEntry? Next { get; set; }

    /// <summary>The instance of the same parent that was made before it.</summary>
    public InstanceEntry? Previous { get; set; }

    /// <summary>Ends when what is under way has ended: it has gone, or stays.</summary>
    public Task WhenSettled() =>
        (_settled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>What was under way has ended.</summary>
    public void Settle()
    {
        _settled?.SetResult();
        _settled = null;
    }
}
