namespace Mdev.Sdk;

/// <summary>
/// One physical thing that instances are carved out of. Vendors derive from <see cref="MdevParent{TDevice, TConfig}"/>.
/// Source: drivers/vfio/mdev, struct mdev_parent.
/// </summary>
public abstract class MdevParent
{
    private readonly Lock _gate = new();
    private IReadOnlyList<MdevType>? _types;
    private long _used;

    private protected MdevParent() { }

    /// <summary>The driver's name, the first half of each type's id.</summary>
    public abstract string Name { get; }
    /// <summary></summary>
    public string Driver => Name;
    /// <summary></summary>
    public MdevAttributeSet Attributes { get; } = new();

    /// <summary>What all instances share, in the vendor's units.</summary>
    public abstract long Capacity { get; }

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

    /// <summary>The types of the attributes; generated.</summary>
    protected abstract IReadOnlyList<MdevType> CreateTypes();

    private protected abstract IDisposable CreateDevice(MdevType type);

    internal IDisposable MakeDevice(MdevType type) => CreateDevice(type);

    internal long Available(MdevType type)
    {
        lock (_gate)
            return (Capacity - _used) / type.Cost;
    }

    internal bool TryTake(long cost)
    {
        lock (_gate)
        {
            if (cost > Capacity - _used)
                return false;
            _used += cost;
            return true;
        }
    }

    internal void GiveBack(long cost)
    {
        lock (_gate)
            _used -= cost;
    }

    private IReadOnlyList<MdevType> Adopt(IReadOnlyList<MdevType> types)
    {
        foreach (MdevType type in types)
            type.Parent = this;
        return types;
    }
}
