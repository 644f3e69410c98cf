namespace Mdev.Sdk;

/// <summary>
/// Declares something that all instances of a parent share, beside its <see cref="MdevParentAttribute.Capacity"/>: memory, engines, queues. A
/// type takes of it what <see cref="MdevCostAttribute"/> says, and an instance for which not enough is left is refused with ENOSPC.
/// </summary>
/// <example>
/// <code>
/// [MdevParent("gpu", OneTypeAtATime = true)]
/// [MdevBudget("memory", 16384), MdevBudget("engines", 8)]
/// public sealed partial class GpuParent : MdevParent&lt;Gpu, GpuConfig&gt;
/// {
///     [MdevType("2g", "2 GiB"), MdevCost("memory", 2048), MdevCost("engines", 1)] public static GpuConfig Small { get; } = new(2048);
/// }
/// </code>
/// </example>
/// <param name="name">Its name in costs and messages: 1 to 64 of <c>A-Z a-z 0-9 . _ -</c>.</param>
/// <param name="capacity">How much of it there is, in units of the vendor's choice; at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class MdevBudgetAttribute(string name, long capacity) : Attribute
{
    /// <summary>Its name in costs and messages.</summary>
    public string Name { get; } = name;

    /// <summary>How much of it there is.</summary>
    public long Capacity { get; } = capacity;
}
