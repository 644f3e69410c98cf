namespace Mdev.Sdk;

/// <summary>
/// One physical thing that instances are carved out of. Vendors derive from <see cref="MdevParent{TDevice, TConfig}"/>.
/// Source: drivers/vfio/mdev, struct mdev_parent and struct mdev_driver.
/// </summary>
public abstract class MdevParent
{
    private readonly Lock _gate = new();
    private IReadOnlyList<MdevType>? _types;
    private MdevAttributeSet? _attributes;
    private string? _name;

    private protected MdevParent() { }

    /// <summary>The driver's name, the first half of each type's id.</summary>
    public abstract string Driver { get; }

    /// <summary>The parent's name on its bus (<c>mtty</c>, <c>0000:00:02.0</c>); the driver's if not set.</summary>
    /// <exception cref="InvalidOperationException">Set while the parent is registered.</exception>
    public string Name
    {
        get => _name ?? Driver;
        set
        {
            if (Bus is not null)
                throw new InvalidOperationException($"{Name} is registered under that name.");
            _name = value;
        }
    }

    /// <summary>What <see cref="MdevType.Cost"/> is taken from, in the vendor's units; <see cref="long.MaxValue"/> for no such limit.</summary>
    public abstract long Capacity { get; }

    /// <summary>How many instances there may be at once, of all types; 0 for no limit.</summary>
    public virtual int MaxInstances => 0;

    /// <summary>What instances share besides <see cref="Capacity"/>.</summary>
    public virtual IReadOnlyList<MdevBudget> Budgets => [];

    /// <summary>Whether all instances must be of one type, as GPU vendors have it.</summary>
    public virtual bool OneTypeAtATime => false;

    /// <summary>What clients take its devices for, the kernel's <c>device_api</c>; generated where they are not PCI devices.</summary>
    public virtual string DeviceApi => "vfio-pci";

    /// <summary>The types offered, in the order of their declaration.</summary>
    public IReadOnlyList<MdevType> Types
    {
        get
        {
            lock (_gate)
                return _types ??= Adopt(CreateTypes());
        }
    }

    /// <summary>The parent's own attributes.</summary>
    public MdevAttributeSet Attributes => _attributes ??= new(this);

    /// <summary>The bus it is registered on.</summary>
    internal MdevBus? Bus { get; private set; }

    /// <summary>What is left of it, guarded by that bus's lock.</summary>
    internal ParentLedger? Ledger { get; private set; }

    /// <summary>The types of the attributes; generated.</summary>
    protected abstract IReadOnlyList<MdevType> CreateTypes();

    /// <summary>The vendor's own count of instances that can still be made; <see langword="null"/> for the declared budgets'.</summary>
    /// <param name="type">The type.</param>
    protected virtual long? CountAvailable(MdevType type) => null;

    /// <summary>Takes what the vendor accounts for itself.</summary>
    /// <param name="type">The type.</param>
    /// <param name="uuid">The instance that is to be made.</param>
    /// <returns>Disposed when the instance is gone, or was not made; <see langword="null"/> for nothing.</returns>
    /// <exception cref="MdevException">It cannot be made now.</exception>
    protected virtual IDisposable? Reserve(MdevType type, Guid uuid) => null;

    private protected abstract IDisposable CreateDevice(MdevType type);

    internal IDisposable MakeDevice(MdevType type) => CreateDevice(type);

    internal IDisposable? ReserveFor(MdevType type, Guid uuid) => Reserve(type, uuid);

    // Of a parent that is not registered all is available.
    internal long Available(MdevType type) => CountAvailable(type) ?? Bus?.Room(type) ?? new ParentLedger(this).Room(type);

    internal bool TryJoin(MdevBus bus, ParentLedger ledger)
    {
        lock (_gate)
        {
            if (Bus is not null)
                return false;
            (Bus, Ledger) = (bus, ledger);
            return true;
        }
    }

    internal void Leave()
    {
        lock (_gate)
        {
            Ledger?.Dispose();
            (Bus, Ledger) = (null, null);
        }
    }

    private IReadOnlyList<MdevType> Adopt(IReadOnlyList<MdevType> types)
    {
        foreach (MdevType type in types)
            type.Parent = this;
        return types;
    }
}
