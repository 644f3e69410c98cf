namespace Mdev.Sdk;

/// <summary>A type that a parent offers. Source: drivers/vfio/mdev, struct mdev_type.</summary>
public abstract class MdevType : IAttributeHome
{
    private MdevAttributeSet? _attributes;
    private MdevParent? _parent;

    private protected MdevType(string name, string prettyName, long cost, IReadOnlyList<MdevCost>? costs, string? description)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, 1);
        
        // A copy: what was taken must be what is given back.
        (Name, PrettyName, Cost, Costs, Description) = (name, prettyName, cost, [.. costs ?? []], description);
    }

    /// <summary>The id that tools use, driver-type: <c>mtty-1</c>.</summary>
    public string Id => field ??= $"{Parent.Driver}-{Name}";

    /// <summary>The second half of the id.</summary>
    public string Name { get; }

    /// <summary>What people read.</summary>
    public string PrettyName { get; }

    /// <summary>More for people; <see langword="null"/> if there is no more.</summary>
    public string? Description { get; }

    /// <summary>What one instance takes of the parent's capacity.</summary>
    public long Cost { get; }

    /// <summary>What one instance takes of the parent's budgets.</summary>
    public IReadOnlyList<MdevCost> Costs { get; }

    /// <summary>The parent that offers the type.</summary>
    public MdevParent Parent => _parent!;

    /// <summary>The attributes of its configuration.</summary>
    public MdevAttributeSet Attributes => LazyInitializer.EnsureInitialized(ref _attributes, () => MdevAttributeSet.Of(Owner, this));

    /// <summary>
    /// How many more instances can be made now, 0 to 2,147,483,647, the most that tools read; advisory, another may be faster.
    /// </summary>
    public long AvailableInstances => Parent.Available(this);

    private protected abstract object Owner { get; }

    void IAttributeHome.AttributesChanged() => Parent.Bus?.AttributesChanged(Parent);

    void IAttributeHome.AttributeThrew(Exception exception, string attribute) => Parent.Bus?.AttributeThrew(exception, Id, attribute);

    /// <summary>The parent that offers it, for good.</summary>
    /// <returns>Whether it is no other's.</returns>
    internal bool TryAdopt(MdevParent parent) => Interlocked.CompareExchange(ref _parent, parent, null) is null || _parent == parent;
}

/// <summary>A type with what its devices are made from.</summary>
/// <typeparam name="TConfig">The parent's configuration type.</typeparam>
/// <param name="name">The second half of the id.</param>
/// <param name="prettyName">What people read.</param>
/// <param name="cost">What one instance takes of the parent's capacity; at least 1.</param>
/// <param name="config">Handed to the constructor of each device.</param>
/// <param name="costs">What one instance takes of the parent's budgets.</param>
/// <param name="description">More for people.</param>
public sealed class MdevType<TConfig>(
    string name, string prettyName, long cost, TConfig config, IReadOnlyList<MdevCost>? costs = null, string? description = null)
    : MdevType(name, prettyName, cost, costs, description)
{
    /// <summary>Handed to the constructor of each device.</summary>
    public TConfig Config { get; } = config;

    private protected override object Owner => Config!;
}
