namespace Mdev.Sdk;

/// <summary>Parents go. Source: drivers/vfio/mdev/mdev_core.c, mdev_unregister_parent.</summary>
public sealed partial class MdevBus
{
    /// <summary>
    /// Removes a parent's instances, the oldest first, and then the parent. Meanwhile nobody else makes or removes any: ENODEV, at once.
    /// </summary>
    /// <param name="parent">A registered parent.</param>
    /// <param name="mode">What is done about users. All of them are asked at the same time.</param>
    /// <param name="deadline">How long it may take altogether; <see langword="null"/> for ever, as in the kernel.</param>
    /// <param name="cancel">Gives up; the parent stays registered, with what instances it still has.</param>
    /// <exception cref="MdevException">
    /// ENODEV: it is not registered, or somebody else is at it. EBUSY: an instance is still in use, or being made, after the deadline; the parent
    /// stays registered, with what instances it still has, and all of them work.
    /// </exception>
    public async Task UnregisterAsync(
        MdevParent parent, RemoveMode mode = RemoveMode.Request, TimeSpan? deadline = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(parent);
        cancel.ThrowIfCancellationRequested();
        ParentLedger? ledger;
        Task created;
        lock (_gate)
        {
            ledger = parent.Ledger is { } its && its.Bus == this ? its : null;
            if (ledger is null or { IsEnding: true })
                throw new MdevException(Errno.ENODEV, $"The parent {parent.Name} is not registered, or is being unregistered.");
            ledger.IsEnding = true;
            created = ledger.WhenCreated();
            Note(MdevBusEventKind.ParentUnregistering, parent, null);
        }
        TellNotes();

        try
        {
            using var patience = new Patience(_clock, cancel);
            patience.Begin(deadline);
            await WhenCreatedAsync(created, ledger, patience, cancel).ConfigureAwait(false);
            using UserRequests? requests = mode == RemoveMode.Request && IsAnyInUse(ledger)
                ? new(_clock, count => AskAll(ledger, count))
                : null;
            while (await RemoveOldestAsync(ledger, mode, patience, cancel).ConfigureAwait(false))
            {
            }
        }
        catch
        {
            lock (_gate)
            {
                ledger.IsEnding = false;
                Note(MdevBusEventKind.ParentKept, parent, null);
            }
            TellNotes();
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

    private async Task WhenCreatedAsync(Task created, ParentLedger ledger, Patience patience, CancellationToken cancel)
    {
        try
        {
            await created.WaitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (patience.IsLate)
        {
            Guid? making;
            lock (_gate)
                making = ledger.FirstInCreation()?.Uuid;
            throw new MdevException(Errno.EBUSY, $"The instance {making} is still being made.");
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException(e.Message, e, cancel);
        }
    }

    // Whether there was one.
    private async Task<bool> RemoveOldestAsync(ParentLedger ledger, RemoveMode mode, Patience patience, CancellationToken cancel)
    {
        bool force = mode == RemoveMode.Force || _services.Length == 0;
        InstanceEntry? entry;
        Task? others = null;
        lock (_gate)
        {
            entry = ledger.First;
            if (entry is null)
                return false;
            if (TryClaim(entry, force ? null : patience))
                entry.GoesWithParent = true;
            else
                others = entry.WhenSettled();
        }
        TellNotes();

        try
        {
            // Who removes it already either does, or leaves it to us.
            Task unused = others?.WaitAsync(patience.Token) ?? (force ? Task.CompletedTask : Unused(entry.Instance!, patience));
            if (unused.IsCompleted)
                await unused.ConfigureAwait(false);
            else
                await unused.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
        catch (Exception e)
        {
            if (others is null)
                await StayAsync(entry, patience).ConfigureAwait(false);
            throw WhyStays(e, entry.Instance!, patience, cancel);
        }

        if (others is null && (force || await GoOnAsync(entry, patience).ConfigureAwait(false)))
            End(entry);
        return true;
    }

    private bool IsAnyInUse(ParentLedger ledger) => Children(ledger).Exists(IsInUse);

    private void AskAll(ParentLedger ledger, int count)
    {
        foreach (MdevInstance instance in Children(ledger))
        {
            if (IsInUse(instance))
                Ask(instance, count);
        }
    }

    private List<MdevInstance> Children(ParentLedger ledger)
    {
        var children = new List<MdevInstance>();
        lock (_gate)
        {
            for (InstanceEntry? at = ledger.First; at is not null; at = at.Next)
            {
                if (at.State is InstanceState.Active or InstanceState.Waiting)
                    children.Add(at.Instance!);
            }
        }
        return children;
    }
}
