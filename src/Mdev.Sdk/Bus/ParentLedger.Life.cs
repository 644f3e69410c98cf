namespace Mdev.Sdk;

/// <summary>A parent's instances, and who is making one.</summary>
internal sealed partial class ParentLedger
{
    private InstanceEntry? _last;
    private int _creating;
    private TaskCompletionSource? _created;

    /// <summary>Whether an unregistration is under way: nobody else begins to make or remove an instance.</summary>
    public bool IsEnding { get; set; }

    /// <summary>The oldest of its instances; the others follow, also those that are being made or removed.</summary>
    public InstanceEntry? First { get; private set; }

    /// <summary>A creation has begun.</summary>
    public void Add(InstanceEntry entry)
    {
        entry.Previous = _last;
        if (_last is null)
            First = entry;
        else
            _last.Next = entry;
        _last = entry;
        _creating++;
    }

    /// <summary>It has ended, well or not.</summary>
    public void Created()
    {
        if (--_creating == 0)
        {
            _created?.SetResult();
            _created = null;
        }
    }

    /// <summary>The instance has gone.</summary>
    public void Remove(InstanceEntry entry)
    {
        if (entry.Previous is null)
            First = entry.Next;
        else
            entry.Previous.Next = entry.Next;
        if (entry.Next is null)
            _last = entry.Previous;
        else
            entry.Next.Previous = entry.Previous;
        (entry.Previous, entry.Next) = (null, null);
    }

    /// <summary>Ends when nobody is making one.</summary>
    public Task WhenCreated() => _creating == 0
        ? Task.CompletedTask
        : (_created ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>One that is being made.</summary>
    public InstanceEntry? FirstInCreation()
    {
        InstanceEntry? at = First;
        while (at is not null && at.State != InstanceState.Creating)
            at = at.Next;
        return at;
    }
}
