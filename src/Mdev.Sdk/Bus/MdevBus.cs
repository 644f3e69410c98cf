using System.Diagnostics;

namespace Mdev.Sdk;

/// <summary>
/// The parents of a process and the instances made of their types: the kernel's mdev core. Every refusal carries the
/// errno that the kernel would have answered. Thread-safe.
/// </summary>
/// <remarks>No vendor code runs under the bus's lock, so a slow device holds up nobody else's creation.</remarks>
public sealed class MdevBus
{
    private static readonly TimeSpan s_requestEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly List<MdevParent> _parents = [];
    private readonly Dictionary<MdevParent, ParentLedger> _ledgers = [];
    private readonly Dictionary<Guid, Entry> _entries = [];
    private readonly IReadOnlyList<IInstanceService> _services;
    private readonly TimeProvider _clock;

    /// <summary>A bus whose instances nobody but this process reaches.</summary>
    public MdevBus()
        : this([])
    {
    }

    /// <summary>A bus whose instances are made reachable.</summary>
    /// <param name="services">By these, started in their order and stopped in reverse.</param>
    /// <param name="clock">For deadlines; the system's if not given.</param>
    public MdevBus(IReadOnlyList<IInstanceService> services, TimeProvider? clock = null) =>
        (_services, _clock) = (services, clock ?? TimeProvider.System);

    private enum State
    {
        Creating,
        Active,
        Removing,
    }

    /// <summary>What happens, in its order, outside of all locks.</summary>
    public event Action<MdevBusEvent>? Changed;

    /// <summary>The registered parents.</summary>
    public IReadOnlyList<MdevParent> Parents
    {
        get
        {
            lock (_gate)
                return [.. _parents];
        }
    }

    /// <summary>The complete instances; those being made or removed are not among them.</summary>
    public IReadOnlyList<MdevInstance> Instances
    {
        get
        {
            lock (_gate)
                return [.. _entries.Values.Where(e => e.State == State.Active).Select(e => e.Instance!)];
        }
    }

    /// <summary>A complete instance.</summary>
    /// <returns><see langword="null"/> if there is none of this UUID.</returns>
    public MdevInstance? Find(Guid uuid)
    {
        lock (_gate)
            return _entries.TryGetValue(uuid, out Entry? entry) && entry.State == State.Active ? entry.Instance : null;
    }

    /// <summary>A registered parent.</summary>
    /// <returns><see langword="null"/> if there is none of this name.</returns>
    public MdevParent? FindParent(string name)
    {
        lock (_gate)
            return _parents.Find(p => p.Name == name);
    }

    /// <summary>Whether a UUID is taken, also by an instance that is being made or removed.</summary>
    public bool IsTaken(Guid uuid)
    {
        lock (_gate)
            return _entries.ContainsKey(uuid);
    }

    /// <summary>Offers a parent's types.</summary>
    /// <exception cref="MdevException">EEXIST: a parent of this name is registered.</exception>
    public void Register(MdevParent parent)
    {
        ArgumentNullException.ThrowIfNull(parent);
        _ = parent.Types;
        lock (_gate)
        {
            if (parent.Bus is not null || _parents.Exists(p => p.Name == parent.Name))
                throw new MdevException(Errno.EEXIST, $"A parent named {parent.Name} is registered already.");
            _parents.Add(parent);
            _ledgers.Add(parent, new ParentLedger(parent));
            parent.Bus = this;
        }
        Tell(MdevBusEventKind.ParentRegistered, parent, null);
    }

    /// <summary>Removes a parent's instances and then the parent.</summary>
    /// <param name="parent">A registered parent.</param>
    /// <param name="mode">What is done about users.</param>
    /// <param name="deadline">How long they have, each; <see langword="null"/> for ever.</param>
    /// <param name="cancel">Gives up; the parent stays registered, with what instances it still has.</param>
    /// <exception cref="MdevException">ENODEV: it is not registered. EBUSY: an instance is still in use; the parent stays registered.</exception>
    public async Task UnregisterAsync(
        MdevParent parent, RemoveMode mode = RemoveMode.Request, TimeSpan? deadline = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(parent);
        ParentLedger? ledger;
        Task idle = Task.CompletedTask;
        lock (_gate)
        {
            if (!_ledgers.TryGetValue(parent, out ledger) || ledger.Ending)
                throw new MdevException(Errno.ENODEV, $"The parent {parent.Name} is not registered.");
            ledger.Ending = true;
            if (ledger.Busy > 0)
                idle = (ledger.Idle = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
        Tell(MdevBusEventKind.ParentUnregistering, parent, null);

        try
        {
            await idle.WaitAsync(cancel).ConfigureAwait(false);
            foreach (MdevInstance instance in Instances.Where(i => i.Type.Parent == parent))
                await EndAsync(Claim(instance.Uuid, byParent: true)!, mode, deadline, cancel).ConfigureAwait(false);
            lock (_gate)
            {
                _parents.Remove(parent);
                _ledgers.Remove(parent);
                parent.Bus = null;
            }
        }
        catch
        {
            lock (_gate)
                (ledger.Ending, ledger.Idle) = (false, null);
            throw;
        }
        Tell(MdevBusEventKind.ParentUnregistered, parent, null);
    }

    /// <summary>Finds a type by the id that tools use.</summary>
    /// <param name="id">Driver-type: <c>mtty-1</c>.</param>
    /// <exception cref="MdevException">ENOENT: no parent offers it.</exception>
    public MdevType FindType(string id)
    {
        IEnumerable<MdevType> types = Parents.SelectMany(p => p.Types);
        return types.FirstOrDefault(t => t.Id == id)
            ?? throw new MdevException(Errno.ENOENT,
                $"There is no type {id}; the types are {string.Join(", ", types.Select(t => t.Id))}.");
    }

    /// <summary>Finds a type of one parent.</summary>
    /// <param name="parent">The parent's name.</param>
    /// <param name="id">Driver-type: <c>mtty-1</c>.</param>
    /// <exception cref="MdevException">ENODEV: there is no such parent. ENOENT: it does not offer the type.</exception>
    public MdevType FindType(string parent, string id)
    {
        MdevParent found = FindParent(parent) ?? throw new MdevException(Errno.ENODEV, $"There is no parent {parent}.");
        return found.Types.FirstOrDefault(t => t.Id == id)
            ?? throw new MdevException(Errno.ENOENT,
                $"{parent} has no type {id}; its types are {string.Join(", ", found.Types.Select(t => t.Id))}.");
    }

    /// <summary>Makes an instance. When it returns, the instance is complete; when it throws, nothing is left of it.</summary>
    /// <param name="type">A type of a registered parent.</param>
    /// <param name="uuid">Any value, the nil UUID too, that no other instance on the bus has.</param>
    /// <param name="attributes">Set in their order before anybody sees the instance.</param>
    /// <exception cref="MdevException">
    /// EEXIST: the UUID is taken. EUSERS: the parent has as many instances as it may. ENOSPC: the parent's capacity is used up.
    /// ENODEV: the parent is not registered. Or what the vendor's code refused it with.
    /// </exception>
    public MdevInstance Create(MdevType type, Guid uuid, IReadOnlyList<AttributeValue>? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        using Activity? activity = Activities.Start("mdev.create", uuid)?.SetTag("mdev.parent", type.Parent.Name).SetTag("mdev.type", type.Id);
        try
        {
            return MakeInstance(type, uuid, attributes);
        }
        catch (Exception e)
        {
            activity.Fail(e);
            throw;
        }
    }

    private MdevInstance MakeInstance(MdevType type, Guid uuid, IReadOnlyList<AttributeValue>? attributes)
    {
        MdevParent parent = type.Parent;
        var entry = new Entry(uuid, type);
        ParentLedger? ledger;
        lock (_gate)
        {
            if (!_ledgers.TryGetValue(parent, out ledger) || ledger.Ending)
                throw new MdevException(Errno.ENODEV, $"The parent of {type.Id} is not registered.");
            if (_entries.ContainsKey(uuid))
                throw new MdevException(Errno.EEXIST, $"There is an instance {uuid} already.");
            ledger.Take(type);
            _entries.Add(uuid, entry);
            ledger.Busy++;
        }

        IDisposable? device = null;
        int started = 0;
        try
        {
            entry.Own = parent.TakeOwn(type, uuid);
            device = parent.MakeDevice(type);
            var instance = entry.Instance = new MdevInstance(uuid, type, device);
            foreach (IInstanceService service in _services)
            {
                service.Start(instance);
                started++;
            }
            if (attributes is { Count: > 0 })
                instance.Attributes.Set(attributes);
            lock (_gate)
            {
                entry.State = State.Active;
                Leave(ledger);
            }
            Tell(MdevBusEventKind.InstanceAdded, parent, instance);
            return instance;
        }
        catch
        {
            while (started > 0)
                _services[--started].Stop(entry.Instance!);
            try
            {
                device?.Dispose();
                entry.Own?.Dispose();
            }
            finally
            {
                lock (_gate)
                {
                    ledger.GiveBack(type);
                    _entries.Remove(uuid);
                    Leave(ledger);
                }
            }
            throw;
        }
    }

    /// <summary>Removes an instance: its device is disposed, its UUID and its share of the capacity are free again.</summary>
    /// <param name="uuid">Its UUID.</param>
    /// <param name="mode">What is done about a user.</param>
    /// <param name="deadline">How long the user has; <see langword="null"/> for ever.</param>
    /// <param name="cancel">Gives up; the instance is as before.</param>
    /// <returns>Ends when it is gone; at once if somebody else is at it.</returns>
    /// <exception cref="MdevException">
    /// ENODEV: there is none, or its parent is being unregistered. EAGAIN: it is being made. EBUSY: it is still in use after the
    /// deadline, and as before.
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

    internal long Room(MdevType type)
    {
        lock (_gate)
            return _ledgers.TryGetValue(type.Parent, out ParentLedger? ledger) ? ledger.Room(type) : 0;
    }

    // The kernel clears `active` under its lock, so that one remover goes on and the others find nothing to do.
    private Entry? Claim(Guid uuid, bool byParent)
    {
        Entry? entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(uuid, out entry))
                throw new MdevException(Errno.ENODEV, $"There is no instance {uuid}.");
            ParentLedger ledger = _ledgers[entry.Type.Parent];
            if (ledger.Ending && !byParent)
                throw new MdevException(Errno.ENODEV, $"The parent of {uuid} is being unregistered, and removes it.");
            if (entry.State == State.Creating)
                throw new MdevException(Errno.EAGAIN, $"The instance {uuid} is being made.");
            if (entry.State == State.Removing)
                return null;
            entry.State = State.Removing;
            ledger.Busy++;
        }
        Tell(MdevBusEventKind.InstanceRemoving, entry.Type.Parent, entry.Instance);
        return entry;
    }

    private async Task EndAsync(Entry entry, RemoveMode mode, TimeSpan? deadline, CancellationToken cancel)
    {
        using Activity? activity = Activities.Start("mdev.remove", entry.Uuid)?.SetTag("mdev.remove.mode", mode.ToString());
        try
        {
            if (mode != RemoveMode.Force)
                await UnusedAsync(entry.Instance!, mode, deadline, cancel).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            activity.Fail(e);
            lock (_gate)
            {
                entry.State = State.Active;
                Leave(_ledgers[entry.Type.Parent]);
            }
            throw;
        }
        End(entry);
    }

    private async Task UnusedAsync(MdevInstance instance, RemoveMode mode, TimeSpan? deadline, CancellationToken cancel)
    {
        if (_services.Count == 0)
            return;
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var late = deadline is { } time ? new CancellationTokenSource(time, _clock) : new CancellationTokenSource();
        using CancellationTokenRegistration link = late.Token.Register(giveUp.Cancel);
        Task unused = Task.WhenAll(_services.Select(s => s.WhenUnused(instance, giveUp.Token)));
        try
        {
            for (int count = 0; !unused.IsCompleted; count++)
            {
                if (mode == RemoveMode.Request)
                {
                    foreach (IInstanceService service in _services)
                        service.Request(instance, count);
                }
                using var stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(giveUp.Token);
                await Task.WhenAny(unused, Task.Delay(s_requestEvery, _clock, stopWaiting.Token)).ConfigureAwait(false);
                await stopWaiting.CancelAsync().ConfigureAwait(false);
                if (giveUp.IsCancellationRequested)
                    break;
            }
            await unused.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            string user = _services.Select(s => s.UserOf(instance)).FirstOrDefault(u => u is not null) ?? "a client";
            throw new MdevException(Errno.EBUSY, $"{instance.Uuid} is in use by {user}.");
        }
    }

    private void End(Entry entry)
    {
        MdevParent parent = entry.Type.Parent;
        try
        {
            // In reverse: nobody may reach a device that is going.
            for (int i = _services.Count - 1; i >= 0; i--)
                _services[i].Stop(entry.Instance!);
            entry.Instance!.DisposeDevice();
        }
        finally
        {
            // Free even if the vendor's code threw: the device is gone as far as anybody can tell.
            try
            {
                entry.Own?.Dispose();
            }
            finally
            {
                lock (_gate)
                {
                    ParentLedger ledger = _ledgers[parent];
                    ledger.GiveBack(entry.Type);
                    _entries.Remove(entry.Uuid);
                    Leave(ledger);
                }
            }
        }
        Tell(MdevBusEventKind.InstanceRemoved, parent, entry.Instance);
    }

    private static void Leave(ParentLedger ledger)
    {
        if (--ledger.Busy == 0)
            ledger.Idle?.TrySetResult();
    }

    private void Tell(MdevBusEventKind kind, MdevParent parent, MdevInstance? instance) =>
        Changed?.Invoke(new MdevBusEvent(kind, parent, instance));

    private sealed class Entry(Guid uuid, MdevType type)
    {
        public Guid Uuid { get; } = uuid;
        public MdevType Type { get; } = type;
        public MdevInstance? Instance { get; set; }
        public IDisposable? Own { get; set; }
        public State State { get; set; } = State.Creating;
    }
}
