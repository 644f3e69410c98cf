namespace Mdev.Sdk;

/// <summary>
/// One physical thing that instances are carved out of. Vendors derive from <see cref="MdevParent{TDevice, TConfig}"/>.
/// Source: drivers/vfio/mdev, struct mdev_parent and struct mdev_driver.
/// </summary>
public abstract class MdevParent : IAttributeHome
{
    private readonly Lock _gate = new();
    private IReadOnlyList<MdevType>? _types;
    private MdevAttributeSet? _attributes;
    private volatile ParentLedger? _ledger;
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
    public MdevAttributeSet Attributes => LazyInitializer.EnsureInitialized(ref _attributes, () => MdevAttributeSet.Of(this, this));

    /// <summary>The bus it is registered on.</summary>
    internal MdevBus? Bus => Ledger?.Bus;

    /// <summary>What is left of it, guarded by that bus's lock.</summary>
    internal ParentLedger? Ledger => _ledger;

    /// <summary>The types of the attributes; generated.</summary>
    protected abstract IReadOnlyList<MdevType> CreateTypes();

    /// <summary>The vendor's own count of instances that can still be made. What is shown is at most that, and at most what the declared budgets leave.</summary>
    /// <param name="type">The type.</param>
    /// <returns><see langword="null"/> if the declared budgets say it all.</returns>
    /// <remarks>On the thread of whoever asks, at any time, also of several at once.</remarks>
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

    internal long Available(MdevType type)
    {
        // Of a parent that is not registered all is available.
        ParentLedger? ledger = Ledger;
        long room = ledger?.Bus?.Room(ledger, type) ?? new ParentLedger(this).Room(type);
        if (room > 0)
            room = Math.Min(room, CountOwn(type) ?? long.MaxValue);

        // mdevctl reads it as a 32-bit number with a sign.
        return Math.Clamp(room, 0, int.MaxValue);
    }

    internal bool TryJoin(ParentLedger ledger) => Interlocked.CompareExchange(ref _ledger, ledger, null) is null;

    internal void Leave() => _ledger = null;

    private long? CountOwn(MdevType type)
    {
        try
        {
            return CountAvailable(type);
        }
        catch (Exception e)
        {
            // A number is all that can be shown.
            Bus?.CountThrew(e, type);
            return 0;
        }
    }

    private IReadOnlyList<MdevType> Adopt(IReadOnlyList<MdevType> types)
    {
        foreach (MdevType type in types)
        {
            if (!type.TryAdopt(this))
                throw new MdevException(Errno.EINVAL, $"{type.Id} is another parent's; each parent makes types of its own.");
        }
        return types;
    }

    void IAttributeHome.AttributesChanged() => Bus?.AttributesChanged(this);

    void IAttributeHome.AttributeThrew(Exception exception, string attribute) => Bus?.AttributeThrew(exception, Name, attribute);
}
