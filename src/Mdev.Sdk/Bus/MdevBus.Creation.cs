using System.Diagnostics;

namespace Mdev.Sdk;

/// <summary>Instances are made. Source: drivers/vfio/mdev/mdev_core.c, mdev_device_create.</summary>
public sealed partial class MdevBus
{
    /// <summary>Makes an instance. When it returns, the instance is complete; when it throws, nothing is left of it.</summary>
    /// <param name="type">A type of a registered parent.</param>
    /// <param name="uuid">Any value, the nil UUID too, that no other instance on the bus has.</param>
    /// <param name="attributes">Set in their order before anybody sees the instance.</param>
    /// <exception cref="MdevException">
    /// EEXIST: the UUID is taken, also by an instance that has not entirely gone. EUSERS: the parent has as many instances as it may.
    /// ENOSPC: its capacity, or another budget, is used up. ENODEV: it is not registered, or is being unregistered. Or what the vendor's
    /// code or an attribute refused it with.
    /// </exception>
    public MdevInstance Create(MdevType type, Guid uuid, IReadOnlyList<AttributeValue>? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        using Activity? activity = Activities.Start("mdev.create", uuid)?.SetTag("mdev.parent", type.Parent.Name).SetTag("mdev.type", type.Id);
        try
        {
            return Make(Begin(type, uuid), attributes);
        }
        catch (Exception e)
        {
            activity.Fail(e);
            throw;
        }
    }

    private MdevInstance Make(Entry entry, IReadOnlyList<AttributeValue>? attributes)
    {
        (Guid uuid, MdevType type) = (entry.Uuid, entry.Type);
        int started = 0;
        try
        {
            entry.Reserved = type.Parent.ReserveFor(type, uuid);
            MdevInstance instance = entry.Instance = new MdevInstance(uuid, type, type.Parent.MakeDevice(type), this);
            while (started < _services.Count)
                _services[started++].Start(instance);
            if (attributes is { Count: > 0 })
                instance.Attributes.Set(attributes);
            Complete(entry);
        }
        catch
        {
            TakeDown(entry, started);
            lock (_gate)
                Forget(entry);
            throw;
        }

        ShowEverywhere(entry.Instance);
        TellNotes();
        return entry.Instance;
    }

    private void ShowEverywhere(MdevInstance instance)
    {
        foreach (IInstanceService service in _services)
        {
            try
            {
                service.Show(instance);
            }
            catch (Exception e)
            {
                BusLog.NotShown(_logger, e, instance.Uuid);
            }
        }
    }

    private Entry Begin(MdevType type, Guid uuid)
    {
        var entry = new Entry(uuid, type);
        lock (_gate)
        {
            // The kernel looks for the UUID first, then at its counter, then whether the parent is going.
            if (_entries.ContainsKey(uuid))
                throw new MdevException(Errno.EEXIST, $"There is an instance {uuid} already.");
            ParentLedger? ledger = type.Parent.Bus == this ? type.Parent.Ledger : null;
            if (ledger is null || ledger.IsEnding)
                throw new MdevException(Errno.ENODEV, $"The parent of {type.Id} is not registered, or is being unregistered.");
            ledger.Take(type);
            ledger.Enter();
            _entries.Add(uuid, entry);
        }
        return entry;
    }

    private void Complete(Entry entry)
    {
        lock (_gate)
        {
            entry.State = State.Active;
            entry.Type.Parent.Ledger!.Exit();
            Note(MdevBusEventKind.InstanceAdded, entry.Type.Parent, entry.Instance);
        }
    }
}
