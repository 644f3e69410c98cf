namespace Mdev.Sdk;

/// <summary>
/// Declares a parent: the one physical thing (a card, a file, a budget of ports) that instances are carved out of.
/// Put it on a <c>partial</c> class derived from <see cref="MdevParent{TDevice, TConfig}"/>.
/// </summary>
/// <example>
/// <code>
/// [MdevParent("mtty", Capacity = 24)]
/// public sealed partial class MttyParent : MdevParent&lt;MttyDevice, MttyConfig&gt;
/// {
///     [MdevType("1", "Single port serial", Cost = 1)] public static MttyConfig Single { get; } = new(Ports: 1);
/// }
/// </code>
/// </example>
/// <param name="name">
/// The driver's name, the first half of each type's id (<c>mtty</c> in <c>mtty-1</c>): 1 to 64 of
/// <c>A-Z a-z 0-9 . _ -</c>. Source: drivers/vfio/mdev/mdev_sysfs.c, which names a type directory driver-type.
/// </param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MdevParentAttribute(string name) : Attribute
{
    /// <summary>The driver's name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// What all instances of this parent share, in units of the vendor's choice (ports, MiB); at least 1. A type's
    /// <c>available_instances</c> is the free capacity divided by the type's <see cref="MdevTypeAttribute.Cost"/>. Not given, it is 1
    /// if nothing else limits the parent, neither <see cref="MaxInstances"/> nor an <see cref="MdevBudgetAttribute"/> nor accounting of the
    /// vendor's own (<see cref="MdevParent.Reserve"/>, <see cref="MdevParent.CountAvailable"/>), and no limit otherwise.
    /// </summary>
    public long Capacity { get; set; } = 1;

    /// <summary>
    /// How many instances there are at most, of all types together; at least 1, and no limit if not given. One more is refused with
    /// EUSERS. Source: drivers/vfio/mdev, the <c>max_instances</c> of a struct mdev_driver.
    /// </summary>
    public int MaxInstances { get; set; }

    /// <summary>
    /// Whether all instances at a time are of one type, as with GPUs whose vendor splits them evenly: while there is one, every other
    /// type has none available, and is refused with ENOSPC.
    /// </summary>
    public bool OneTypeAtATime { get; set; }
}
