using System.Diagnostics;
using System.Net.Sockets;

namespace Mdev.Sdk;

/// <summary>Instances are made. Source: drivers/vfio/mdev/mdev_core.c, mdev_device_create.</summary>
public sealed partial class MdevBus
{
    // What is under way, for a sentence.
    private const string Reserving = "what it takes could not be reserved", Making = "its device could not be made",
        Setting = "its attributes could not be set", Starting = "it could not be made reachable";

    /// <summary>Makes an instance. When it returns, the instance is complete; when it throws, nothing is left of it.</summary>
    /// <param name="type">A type of a registered parent.</param>
    /// <param name="uuid">Any value, the nil UUID too, that no other instance on the bus has.</param>
    /// <param name="attributes">Set in their order before anybody sees the instance.</param>
    /// <exception cref="MdevException">
    /// EEXIST: the UUID is taken, also by an instance that has not entirely gone. EUSERS: the parent has as many instances as it may.
    /// ENODEV: it is not registered, or is being unregistered. ENOSPC: its capacity, or another budget, is used up. Or what the vendor's
    /// code, an attribute or a service refused it with; EIO, with the exception inside, where they threw something else.
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

    private InstanceEntry Begin(MdevType type, Guid uuid)
    {
        lock (_gate)
        {
            // The kernel looks for the UUID first, then at its counter, then whether the parent is going; the driver's own budgets come last.
            if (_entries.ContainsKey(uuid))
                throw new MdevException(Errno.EEXIST, $"There is an instance {uuid} already.");
            ParentLedger? ledger = type.Parent.Ledger is { } its && its.Bus == this ? its : null;
            ledger?.RequireOneMore();
            if (ledger is null or { IsEnding: true })
                throw new MdevException(Errno.ENODEV, $"The parent of {type.Id} is not registered, or is being unregistered.");
            ledger.Take(type);
            var entry = new InstanceEntry(uuid, type, ledger);
            ledger.Add(entry);
            _entries.Add(uuid, entry);
            return entry;
        }
    }

    private MdevInstance Make(InstanceEntry entry, IReadOnlyList<AttributeValue>? attributes)
    {
        (Guid uuid, MdevType type) = (entry.Uuid, entry.Type);
        int started = 0;
        string step = Reserving;
        MdevInstance instance;
        try
        {
            entry.Reserved = type.Parent.ReserveFor(type, uuid);
            step = Making;
            entry.Device = type.Parent.MakeDevice(type) ?? throw new InvalidOperationException("There is none.");
            instance = entry.Instance = new MdevInstance(uuid, type, entry.Device, this);
            foreach (IInstanceService service in _services)
                service.Prepare(instance);
            step = Setting;
            if (attributes is { Count: > 0 })
                instance.Attributes.Set(attributes);
            step = Starting;
            while (started < _services.Length)
                _services[started++].Start(instance);
            Complete(entry);
        }
        catch (Exception e)
        {
            TakeDown(entry, started);
            lock (_gate)
            {
                entry.Ledger.Created();
                Forget(entry);
            }
            if (e is MdevException)
                throw;
            throw Refusal(e, entry, step);
        }

        ShowEverywhere(instance);
        TellNotes();
        return instance;
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

    private void Complete(InstanceEntry entry)
    {
        lock (_gate)
        {
            entry.State = InstanceState.Active;
            entry.Ledger.Created();
            Note(MdevBusEventKind.InstanceAdded, entry.Type.Parent, entry.Instance);
        }
    }

    private MdevException Refusal(Exception e, InstanceEntry entry, string step)
    {
        // That a socket cannot be had is everyday, and its sentence says it all.
        if (step == Starting && e is IOException or SocketException or UnauthorizedAccessException)
            return new MdevException(Errno.EIO, e.Message, e);
        BusLog.CreationThrew(_logger, e, entry.Uuid, entry.Type.Id, step);
        Errno error = e is OutOfMemoryException ? Errno.ENOMEM : Errno.EIO;
        return new MdevException(error, $"The instance {entry.Uuid} of {entry.Type.Id} was not made: {step}: {e.Message}", e);
    }
}
