namespace Mdev.Sdk;

/// <summary>Parents come and go. Source: drivers/vfio/mdev/mdev_core.c, mdev_register_parent and mdev_unregister_parent.</summary>
public sealed partial class MdevBus
{
    /// <summary>Offers a parent's types. <see cref="MdevBusEventKind.ParentRegistered"/> follows once, when they can be used.</summary>
    /// <exception cref="MdevException">
    /// EEXIST: a parent of this name is registered, or this one is. EINVAL: what it declares makes no sense; the sentence says what.
    /// </exception>
    public void Register(MdevParent parent)
    {
        ArgumentNullException.ThrowIfNull(parent);

        // Before the lock: a vendor's overrides may be slow.
        ParentRules.Check(parent);
        var ledger = new ParentLedger(parent);
        lock (_gate)
        {
            if (_parents.Exists(p => p.Name == parent.Name) || !parent.TryJoin(this, ledger))
                throw new MdevException(Errno.EEXIST, $"A parent named {parent.Name} is registered already.");
            _parents.Add(parent);
            Note(MdevBusEventKind.ParentRegistered, parent, null);
        }
        TellNotes();
    }

    /// <summary>Removes a parent's instances and then the parent. Meanwhile nobody else makes or removes any: ENODEV.</summary>
    /// <param name="parent">A registered parent.</param>
    /// <param name="mode">What is done about users.</param>
    /// <param name="deadline">How long each user has; <see langword="null"/> for ever, as in the kernel.</param>
    /// <param name="cancel">Gives up; the parent stays registered, with what instances it still has.</param>
    /// <exception cref="MdevException">
    /// ENODEV: it is not registered, or somebody else is at it. EBUSY: an instance is still in use after the deadline; the parent stays
    /// registered, with what instances it still has.
    /// </exception>
    public async Task UnregisterAsync(
        MdevParent parent, RemoveMode mode = RemoveMode.Request, TimeSpan? deadline = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(parent);
        ParentLedger? ledger;
        Task idle;
        lock (_gate)
        {
            ledger = parent.Bus == this ? parent.Ledger : null;
            if (ledger is null || ledger.IsEnding)
                throw new MdevException(Errno.ENODEV, $"The parent {parent.Name} is not registered, or is being unregistered.");
            idle = ledger.BeginEnd();
            Note(MdevBusEventKind.ParentUnregistering, parent, null);
        }
        TellNotes();

        try
        {
            // Whoever removes an instance already may wait for its user: it is turned away as the others will be.
            if (mode == RemoveMode.Force)
                ledger.Hurry();
            await WhenIdleAsync(idle, parent, deadline, cancel).ConfigureAwait(false);
            foreach (MdevInstance instance in InstancesOf(parent))
            {
                if (Claim(instance.Uuid, byParent: true) is { } entry)
                    await EndAsync(entry, mode, deadline, cancel).ConfigureAwait(false);
            }
        }
        catch
        {
            lock (_gate)
                ledger.GiveUpEnd();
            throw;
        }

        lock (_gate)
        {
            _parents.Remove(parent);
            parent.Leave();
            Note(MdevBusEventKind.ParentUnregistered, parent, null);
        }
        TellNotes();
    }

    private async Task WhenIdleAsync(Task idle, MdevParent parent, TimeSpan? deadline, CancellationToken cancel)
    {
        try
        {
            await idle.WaitAsync(deadline ?? Timeout.InfiniteTimeSpan, _clock, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new MdevException(Errno.EBUSY, $"Instances of {parent.Name} are still being made or removed.");
        }
    }
}
