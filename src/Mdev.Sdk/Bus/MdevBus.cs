using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk;

/// <summary>
/// The parents of a process and the instances made of their types: the kernel's mdev core. Every refusal carries the
/// errno that the kernel would have answered. Thread-safe.
/// </summary>
/// <remarks>No vendor code runs under the bus's lock, so a slow device holds up nobody else's creation.</remarks>
public sealed partial class MdevBus
{
    private readonly Lock _gate = new();
    private readonly List<MdevParent> _parents = [];
    private readonly Dictionary<Guid, InstanceEntry> _entries = [];
    private readonly IInstanceService[] _services;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    /// <summary>A bus whose instances nobody but this process reaches.</summary>
    public MdevBus()
        : this([])
    {
    }

    /// <summary>A bus whose instances are made reachable.</summary>
    /// <param name="services">By these, started in their order and stopped in reverse.</param>
    /// <param name="clock">For deadlines; the system's if not given.</param>
    /// <param name="logger">Learns what has failed and could be told to nobody; nobody if not given.</param>
    public MdevBus(IReadOnlyList<IInstanceService> services, TimeProvider? clock = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        (_services, _clock, _logger) = ([.. services], clock ?? TimeProvider.System, logger ?? NullLogger.Instance);
    }

    /// <summary>The registered parents, in the order of their registration.</summary>
    public IReadOnlyList<MdevParent> Parents
    {
        get
        {
            lock (_gate)
                return [.. _parents];
        }
    }

    /// <summary>The complete instances; those being made or removed are not among them.</summary>
    /// <remarks>Parent by parent, the oldest first.</remarks>
    public IReadOnlyList<MdevInstance> Instances
    {
        get
        {
            lock (_gate)
            {
                var found = new List<MdevInstance>(_entries.Count);
                foreach (MdevParent parent in _parents)
                {
                    for (InstanceEntry? at = parent.Ledger!.First; at is not null; at = at.Next)
                    {
                        if (at.State == InstanceState.Active)
                            found.Add(at.Instance!);
                    }
                }
                return found;
            }
        }
    }

    /// <summary>A complete instance.</summary>
    /// <returns><see langword="null"/> if there is none of this UUID.</returns>
    public MdevInstance? Find(Guid uuid)
    {
        lock (_gate)
            return _entries.TryGetValue(uuid, out InstanceEntry? entry) && entry.State == InstanceState.Active ? entry.Instance : null;
    }

    /// <summary>A registered parent.</summary>
    /// <returns><see langword="null"/> if there is none of this name.</returns>
    public MdevParent? FindParent(string name)
    {
        lock (_gate)
            return _parents.Find(p => p.Ledger!.Name == name);
    }

    /// <summary>Whether a UUID is taken, also by an instance that is being made or removed.</summary>
    public bool IsTaken(Guid uuid)
    {
        lock (_gate)
            return _entries.ContainsKey(uuid);
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

    internal long Room(ParentLedger ledger, MdevType type)
    {
        lock (_gate)
            return ledger.Room(type);
    }
}
