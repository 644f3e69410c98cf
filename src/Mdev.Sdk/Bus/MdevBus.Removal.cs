using System.Diagnostics;

namespace Mdev.Sdk;

/// <summary>
/// Instances are removed. Source: drivers/vfio/mdev/mdev_core.c, mdev_device_remove, and vfio_main.c, vfio_unregister_group_dev.
/// </summary>
public sealed partial class MdevBus
{
    // vfio_unregister_group_dev asks that often.
    private static readonly TimeSpan s_requestInterval = TimeSpan.FromSeconds(10);

    /// <summary>Removes an instance: its device is disposed, its UUID and what it took are free again.</summary>
    /// <param name="uuid">Its UUID.</param>
    /// <param name="mode">What is done about a user.</param>
    /// <param name="deadline">How long the user has; <see langword="null"/> for ever, as in the kernel.</param>
    /// <param name="cancel">Gives up; the instance is as before.</param>
    /// <returns>Ends when it is gone; at once if somebody else removes it already.</returns>
    /// <exception cref="MdevException">
    /// ENODEV: there is none, or its parent is being unregistered. EAGAIN: it is being made. EBUSY: it is in use after the deadline, and
    /// as before.
    /// </exception>
    public Task RemoveAsync(
        Guid uuid, RemoveMode mode = RemoveMode.Request, TimeSpan? deadline = null, CancellationToken cancel = default) =>
        Claim(uuid, byParent: false) is { } entry ? EndAsync(entry, mode, deadline, cancel) : Task.CompletedTask;

    /// <summary>Removes an instance at once; a user is turned away.</summary>
    /// <exception cref="MdevException">ENODEV: there is none, or its parent is being unregistered. EAGAIN: it is being made.</exception>
    public void Remove(Guid uuid)
    {
        if (Claim(uuid, byParent: false) is not { } entry)
            return;
        using Activity? activity = Activities.Start("mdev.remove", uuid)?.SetTag("mdev.remove.mode", nameof(RemoveMode.Force));
        End(entry);
    }

    // The kernel clears `active` under its lock, so that one remover goes on and the others find nothing to do.
    private Entry? Claim(Guid uuid, bool byParent)
    {
        Entry? entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(uuid, out entry))
                return byParent ? null : throw new MdevException(Errno.ENODEV, $"There is no instance {uuid}.");
            if (entry.State == State.Creating)
                throw new MdevException(Errno.EAGAIN, $"The instance {uuid} is being made.");
            if (entry.State == State.Removing)
                return null;
            ParentLedger ledger = entry.Type.Parent.Ledger!;
            if (ledger.IsEnding && !byParent)
                throw new MdevException(Errno.ENODEV, $"The parent of {uuid} is being unregistered, and removes it.");
            entry.State = State.Removing;
            ledger.Enter();
            Note(MdevBusEventKind.InstanceRemoving, entry.Type.Parent, entry.Instance);
        }
        TellNotes();
        return entry;
    }

    private async Task EndAsync(Entry entry, RemoveMode mode, TimeSpan? deadline, CancellationToken cancel)
    {
        using Activity? activity = Activities.Start("mdev.remove", entry.Uuid)?.SetTag("mdev.remove.mode", mode.ToString());
        if (mode != RemoveMode.Force && _services.Count > 0)
        {
            try
            {
                await WhenUnusedAsync(entry, mode, deadline, cancel).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                activity.Fail(e);
                lock (_gate)
                {
                    entry.State = State.Active;
                    entry.Type.Parent.Ledger!.Exit();
                }
                throw;
            }
        }
        End(entry);
    }

    private async Task WhenUnusedAsync(Entry entry, RemoveMode mode, TimeSpan? deadline, CancellationToken cancel)
    {
        MdevInstance instance = entry.Instance!;
        CancellationToken hurry = entry.Type.Parent.Ledger!.Hurried;
        using var late = new CancellationTokenSource(deadline ?? Timeout.InfiniteTimeSpan, _clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, hurry, late.Token);
        try
        {
            Task unused = Task.WhenAll(_services.Select(service => service.WhenUnused(instance, stop.Token)));
            for (int count = 0; mode == RemoveMode.Request && !unused.IsCompleted; count++)
            {
                Ask(instance, count);
                using var awake = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
                await Task.WhenAny(unused, Task.Delay(s_requestInterval, _clock, awake.Token)).ConfigureAwait(false);
                await awake.CancelAsync().ConfigureAwait(false);
                if (stop.IsCancellationRequested)
                    break;
            }
            await unused.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (hurry.IsCancellationRequested)
        {
            // Its parent goes by force: so does it.
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            string user = _services.Select(service => service.UserOf(instance)).FirstOrDefault(user => user is not null) ?? "a client";
            throw new MdevException(Errno.EBUSY,
                $"{instance.Uuid} is in use by {user}; end that, or remove it by force.");
        }
    }

    private void Ask(MdevInstance instance, int count)
    {
        foreach (IInstanceService service in _services)
        {
            try
            {
                service.Request(instance, count);
            }
            catch (Exception e)
            {
                BusLog.RequestFailed(_logger, e, instance.Uuid);
            }
        }
    }

    private void End(Entry entry)
    {
        Exception? failure = TakeDown(entry, _services.Count);
        lock (_gate)
        {
            Forget(entry);
            Note(MdevBusEventKind.InstanceRemoved, entry.Type.Parent, entry.Instance);
        }
        TellNotes();
        if (failure is not null)
            BusLog.EndedBadly(_logger, failure, entry.Uuid);
    }

    // Undoes creation in reverse, all of it whatever throws: nobody may reach a device that is going.
    private Exception? TakeDown(Entry entry, int started)
    {
        Exception? failure = null;
        if (entry.Instance is { } instance)
        {
            for (int i = started - 1; i >= 0; i--)
                Try(() => _services[i].Stop(instance));
            Try(instance.End);
        }
        if (entry.Reserved is { } reserved)
            Try(reserved.Dispose);
        return failure;

        void Try(Action step)
        {
            try
            {
                step();
            }
            catch (Exception e)
            {
                failure ??= e;
            }
        }
    }

    private void Forget(Entry entry)
    {
        ParentLedger ledger = entry.Type.Parent.Ledger!;
        ledger.GiveBack(entry.Type);
        _entries.Remove(entry.Uuid);
        ledger.Exit();
    }
}
