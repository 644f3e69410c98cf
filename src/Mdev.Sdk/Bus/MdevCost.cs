namespace Mdev.Sdk;

/// <summary>What one instance of a type takes of a budget of its parent's.</summary>
/// <param name="Budget">The <see cref="MdevBudget.Name"/>.</param>
/// <param name="Amount">In the budget's units; at least 0.</param>
public readonly record struct MdevCost(string Budget, long Amount);
