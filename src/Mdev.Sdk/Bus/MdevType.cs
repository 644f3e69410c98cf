namespace Mdev.Sdk;

/// <summary>A type that a parent offers. Source: drivers/vfio/mdev, struct mdev_type.</summary>
public abstract class MdevType
{
    private protected MdevType(string name, string prettyName, long cost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, 1);
        (Name, PrettyName, Cost) = (name, prettyName, cost);
    }

    /// <summary>The id that tools use, driver-type: <c>mtty-1</c>.</summary>
    public string Id => $"{Parent.Name}-{Name}";

    /// <summary>The second half of the id.</summary>
    public string Name { get; }

    /// <summary></summary>
    public string? Description { get; }
    /// <summary></summary>
    public MdevAttributeSet Attributes { get; } = new();
    /// <summary>What people read.</summary>
    public string PrettyName { get; }

    /// <summary>What one instance takes of the parent's capacity.</summary>
    public long Cost { get; }

    /// <summary>The parent that offers the type.</summary>
    public MdevParent Parent { get; internal set; } = null!;

    /// <summary>How many more instances can be made now; advisory, another may be faster.</summary>
    public long AvailableInstances => Parent.Available(this);
}

/// <summary>A type with what its devices are made from.</summary>
/// <typeparam name="TConfig">The parent's configuration type.</typeparam>
/// <param name="name">The second half of the id.</param>
/// <param name="prettyName">What people read.</param>
/// <param name="cost">What one instance takes of the parent's capacity; at least 1.</param>
/// <param name="config">Handed to the constructor of each device.</param>
public sealed class MdevType<TConfig>(string name, string prettyName, long cost, TConfig config)
    : MdevType(name, prettyName, cost)
{
    /// <summary>Handed to the constructor of each device.</summary>
    public TConfig Config { get; } = config;
}
