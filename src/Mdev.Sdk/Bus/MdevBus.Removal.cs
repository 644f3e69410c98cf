using System.Diagnostics;

namespace Mdev.Sdk;

/// <summary>
/// Instances are removed. Source: drivers/vfio/mdev/mdev_core.c, mdev_device_remove, and vfio_main.c, vfio_unregister_group_dev.
/// </summary>
public sealed partial class MdevBus
{
    /// <summary>Removes an instance: its device is disposed, its UUID and what it took are free again.</summary>
    /// <param name="uuid">Its UUID.</param>
    /// <param name="mode">What is done about a user.</param>
    /// <param name="deadline">How long the user has; <see langword="null"/> for ever, as in the kernel.</param>
    /// <param name="cancel">Gives up; the instance is as before.</param>
    /// <returns>
    /// Ends when it is gone; at once if somebody else removes it already. By force, a removal that waits for a user waits no longer: it ends
    /// well too.
    /// </returns>
    /// <exception cref="MdevException">
    /// ENODEV: there is none, or its parent is being unregistered. EAGAIN: it is being made. EBUSY: it is in use after the deadline, and
    /// as before.
    /// </exception>
    public async Task RemoveAsync(
        Guid uuid, RemoveMode mode = RemoveMode.Request, TimeSpan? deadline = null, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        if (mode == RemoveMode.Force || _services.Length == 0)
        {
            Remove(uuid);
            return;
        }

        using var patience = new Patience(_clock, cancel);
        if (Claim(uuid, patience) is not { } entry)
            return;
        using Activity? activity = Activities.Start("mdev.remove", uuid)?.SetTag("mdev.remove.mode", mode.ToString());
        try
        {
            Task unused = Unused(entry.Instance!, patience);
            if (!unused.IsCompleted)
            {
                patience.Begin(deadline);
                using UserRequests? requests = mode == RemoveMode.Request ? new(_clock, count => Ask(entry.Instance!, count)) : null;

                // Elsewhere: not on the thread of the user who lets go.
                await unused.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }
            else
            {
                await unused.ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            if (!await StayAsync(entry, patience).ConfigureAwait(false))
                return;
            Exception why = WhyStays(e, entry.Instance!, patience, cancel);
            activity.Fail(why);
            throw why;
        }
        if (await GoOnAsync(entry, patience).ConfigureAwait(false))
            End(entry);
    }

    /// <summary>Removes an instance at once; a user is turned away. A removal that waits for the user ends, well.</summary>
    /// <exception cref="MdevException">ENODEV: there is none, or its parent is being unregistered. EAGAIN: it is being made.</exception>
    public void Remove(Guid uuid)
    {
        if (Claim(uuid, patience: null) is not { } entry)
            return;
        using Activity? activity = Activities.Start("mdev.remove", uuid)?.SetTag("mdev.remove.mode", nameof(RemoveMode.Force));
        End(entry);
    }

    // The kernel clears `active` under its lock, so that one remover goes on and the others find nothing to do.
    private InstanceEntry? Claim(Guid uuid, Patience? patience)
    {
        InstanceEntry? entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(uuid, out entry))
                throw new MdevException(Errno.ENODEV, $"There is no instance {uuid}.");
            if (entry.State == InstanceState.Creating)
                throw new MdevException(Errno.EAGAIN, $"The instance {uuid} is being made.");
            if (entry.Ledger.IsEnding && (entry.State == InstanceState.Active || entry.GoesWithParent))
                throw new MdevException(Errno.ENODEV, $"The parent of {uuid} is being unregistered, and removes it.");
            if (!TryClaim(entry, patience))
                return null;
        }
        TellNotes();
        return entry;
    }

    // Under the lock. By force also from somebody who waits for a user.
    private bool TryClaim(InstanceEntry entry, Patience? patience)
    {
        if (entry.State == InstanceState.Ending || (entry.State == InstanceState.Waiting && patience is not null))
            return false;
        if (entry.State == InstanceState.Active)
            Note(MdevBusEventKind.InstanceRemoving, entry.Type.Parent, entry.Instance);
        entry.Overtaken = entry.Remover;
        entry.State = patience is null ? InstanceState.Ending : InstanceState.Waiting;
        entry.Remover = patience;
        return true;
    }

    // Whether nobody has taken over. If somebody has, the instance has gone.
    private Task<bool> GoOnAsync(InstanceEntry entry, Patience patience)
    {
        lock (_gate)
        {
            if (entry.Remover != patience)
                return OvertakenAsync(entry);
            (entry.Remover, entry.State) = (null, InstanceState.Ending);
            return Task.FromResult(true);
        }
    }

    private Task<bool> StayAsync(InstanceEntry entry, Patience patience)
    {
        // Those services that have let nobody in, now do.
        patience.End();
        lock (_gate)
        {
            if (entry.Remover != patience)
                return OvertakenAsync(entry);
            (entry.Remover, entry.State, entry.GoesWithParent) = (null, InstanceState.Active, false);
            Note(MdevBusEventKind.InstanceKept, entry.Type.Parent, entry.Instance);
            entry.Settle();
        }
        TellNotes();
        return Task.FromResult(true);
    }

    // Under the lock, as long as it has not gone. The same UUID may be another instance's by now.
    private async Task<bool> OvertakenAsync(InstanceEntry entry)
    {
        if (_entries.GetValueOrDefault(entry.Uuid) == entry)
            await entry.WhenSettled().ConfigureAwait(false);
        return false;
    }

    private void End(InstanceEntry entry)
    {
        TakeDown(entry, _services.Length);
        lock (_gate)
        {
            Forget(entry);
            Note(MdevBusEventKind.InstanceRemoved, entry.Type.Parent, entry.Instance);
        }
        entry.Overtaken?.End();
        TellNotes();
    }

    private void Forget(InstanceEntry entry)
    {
        entry.Ledger.GiveBack(entry.Type);
        entry.Ledger.Remove(entry);
        _entries.Remove(entry.Uuid);
        entry.Settle();
    }
}
