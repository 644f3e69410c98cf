namespace Mdev.Sdk;

/// <summary>Who uses instances, and how they end. All of this runs services' and vendors' code: never under the lock.</summary>
public sealed partial class MdevBus
{
    // From here on no new user is let in.
    private Task Unused(MdevInstance instance, Patience patience)
    {
        if (_services.Length == 1)
            return _services[0].WhenUnused(instance, patience.Token);
        var all = new Task[_services.Length];
        for (int i = 0; i < all.Length; i++)
            all[i] = _services[i].WhenUnused(instance, patience.Token);
        return Task.WhenAll(all);
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

    private bool IsInUse(MdevInstance instance)
    {
        try
        {
            return Array.Exists(_services, service => service.IsInUse(instance));
        }
        catch (Exception e)
        {
            // To be asked in vain is better than not to be asked.
            BusLog.RequestFailed(_logger, e, instance.Uuid);
            return true;
        }
    }

    private Exception WhyStays(Exception e, MdevInstance instance, Patience patience, CancellationToken cancel)
    {
        if (e is MdevException)
            return e;
        if (e is OperationCanceledException && cancel.IsCancellationRequested)
            return new OperationCanceledException(e.Message, e, cancel);
        if (e is OperationCanceledException && patience.IsLate)
            return Busy(instance);
        BusLog.WaitFailed(_logger, e, instance.Uuid);
        return new MdevException(Errno.EIO, $"The users of {instance.Uuid} could not be waited for: {e.Message}", e);
    }

    private MdevException Busy(MdevInstance instance)
    {
        string? user = null;
        try
        {
            foreach (IInstanceService service in _services)
                user ??= service.UserOf(instance);
        }
        catch (Exception e)
        {
            BusLog.RequestFailed(_logger, e, instance.Uuid);
        }
        return new MdevException(Errno.EBUSY, $"{instance.Uuid} is in use by {user ?? "a client"}; end that, or remove it by force.");
    }

    // Undoes creation in reverse, all of it whatever throws: nobody may reach a device that is going.
    private void TakeDown(InstanceEntry entry, int started)
    {
        for (int i = started - 1; i >= 0; i--)
        {
            try
            {
                _services[i].Stop(entry.Instance!);
            }
            catch (Exception e)
            {
                BusLog.EndedBadly(_logger, e, entry.Uuid);
            }
        }

        // Waits for whoever is at an attribute.
        entry.Instance?.Attributes.Close();
        Dispose(entry.Device, entry.Uuid);
        Dispose(entry.Reserved, entry.Uuid);
    }

    private void Dispose(IDisposable? vendors, Guid uuid)
    {
        try
        {
            vendors?.Dispose();
        }
        catch (Exception e)
        {
            BusLog.EndedBadly(_logger, e, uuid);
        }
    }
}
