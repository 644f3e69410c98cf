#pragma warning disable CS1591, CS1573, CA1051, CA1030
namespace Mdev.Sdk;

/// <summary>
/// The parents of a process and the instances made of their types: the kernel's mdev core. Every refusal carries the
/// errno that the kernel would have answered. Thread-safe.
/// </summary>
/// <remarks>No vendor code runs under the bus's lock, so a slow device holds up nobody else's creation.</remarks>
public sealed class MdevBus
{
    private readonly Lock _gate = new();
    private readonly List<MdevParent> _parents = [];
    private readonly Dictionary<Guid, Entry> _entries = [];

    private enum State
    {
        Creating,
        Active,
        Removing,
    }

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
        lock (_gate)
        {
            if (_parents.Exists(p => p.Name == parent.Name))
                throw new MdevException(Errno.EEXIST, $"A parent named {parent.Name} is registered already.");
            _parents.Add(parent);
        }
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

    public Func<MdevInstance, bool>? ShimServe; public Action<Guid>? ShimRemove;
    public event Action<MdevBusEvent>? Changed;
    public MdevInstance? Find(Guid uuid) => Instances.FirstOrDefault(i => i.Uuid == uuid);
    public MdevType FindType(string parent, string id) => FindType(id);
    public MdevInstance Create(MdevType type, Guid uuid, IReadOnlyList<AttributeValue>? attributes) { var i = Create(type, uuid); try { i.Attributes.Set(attributes ?? []); ShimServe?.Invoke(i); } catch { Remove(uuid); throw; } Changed?.Invoke(new(MdevBusEventKind.InstanceAdded, type.Parent, i)); return i; }
    public Task RemoveAsync(Guid uuid, RemoveMode mode = RemoveMode.Request, TimeSpan? deadline = null, CancellationToken cancel = default) { var i = Find(uuid); ShimRemove?.Invoke(uuid); if (i != null) Changed?.Invoke(new(MdevBusEventKind.InstanceRemoved, i.Type.Parent, i)); return Task.CompletedTask; }
    /// <summary>Makes an instance. When it returns, the instance is complete; when it throws, nothing is left of it.</summary>
    /// <param name="type">A type of a registered parent.</param>
    /// <param name="uuid">Any value, the nil UUID too, that no other instance on the bus has.</param>
    /// <exception cref="MdevException">
    /// EEXIST: the UUID is taken. ENOSPC: the parent's capacity is used up. ENODEV: the parent is not registered. Or what
    /// the vendor's parent refused it with.
    /// </exception>
    public MdevInstance Create(MdevType type, Guid uuid)
    {
        ArgumentNullException.ThrowIfNull(type);
        var entry = new Entry(type);
        lock (_gate)
        {
            if (!_parents.Contains(type.Parent))
                throw new MdevException(Errno.ENODEV, $"The parent of {type.Id} is not registered.");
            if (!_entries.TryAdd(uuid, entry))
                throw new MdevException(Errno.EEXIST, $"There is an instance {uuid} already.");
        }

        MdevParent parent = type.Parent;
        bool taken = false;
        try
        {
            taken = parent.TryTake(type.Cost);
            if (!taken)
            {
                throw new MdevException(Errno.ENOSPC,
                    $"{parent.Name} has no capacity left for {type.Id}, which takes {type.Cost} of {parent.Capacity}; remove another instance first.");
            }

            var instance = new MdevInstance(uuid, type, parent.MakeDevice(type));
            lock (_gate)
                (entry.Instance, entry.State) = (instance, State.Active);
            return instance;
        }
        catch
        {
            if (taken)
                parent.GiveBack(type.Cost);
            lock (_gate)
                _entries.Remove(uuid);
            throw;
        }
    }

    /// <summary>Removes an instance: its device is disposed, its UUID and its share of the capacity are free again.</summary>
    /// <exception cref="MdevException">ENODEV: there is none. EAGAIN: it is being made or removed by somebody else.</exception>
    public void Remove(Guid uuid)
    {
        Entry? entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(uuid, out entry))
                throw new MdevException(Errno.ENODEV, $"There is no instance {uuid}.");
            if (entry.State != State.Active)
                throw new MdevException(Errno.EAGAIN, $"The instance {uuid} is being made or removed.");
            entry.State = State.Removing;
        }

        try
        {
            entry.Instance!.DisposeDevice();
        }
        finally
        {
            // Free even if the vendor's code threw: the device is gone as far as anybody can tell.
            entry.Type.Parent.GiveBack(entry.Type.Cost);
            lock (_gate)
                _entries.Remove(uuid);
        }
    }

    private sealed class Entry(MdevType type)
    {
        public MdevType Type { get; } = type;
        public MdevInstance? Instance { get; set; }
        public State State { get; set; } = State.Creating;
    }
}
