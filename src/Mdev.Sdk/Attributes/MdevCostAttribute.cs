namespace Mdev.Sdk;

/// <summary>
/// What one instance of a type takes of a budget of its parent. Put it beside <see cref="MdevTypeAttribute"/>, once a budget; a type
/// that names a budget nowhere takes nothing of it.
/// </summary>
/// <param name="budget">The name of an <see cref="MdevBudgetAttribute"/> of the parent.</param>
/// <param name="amount">In the budget's units; at least 1.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class MdevCostAttribute(string budget, long amount) : Attribute
{
    /// <summary>The budget's name.</summary>
    public string Budget { get; } = budget;

    /// <summary>In the budget's units.</summary>
    public long Amount { get; } = amount;
}
