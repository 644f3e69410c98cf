using System.Text.RegularExpressions;

namespace Mdev.Sdk;

/// <summary>What a parent must be like to be registered. The compiler has said most of it to who uses the attributes.</summary>
internal static partial class ParentRules
{
    /// <exception cref="MdevException">EINVAL, with a sentence.</exception>
    public static void Check(MdevParent parent)
    {
        RequireName(parent.Name, "parent");
        RequireName(parent.Driver, "driver");
        Require(parent.Types.Count > 0, $"The parent {parent.Name} offers no type.");
        Require(parent.MaxInstances >= 0, $"The parent {parent.Name} cannot have {parent.MaxInstances} instances.");

        Require(parent.Capacity >= 1, $"The parent {parent.Name} cannot have a capacity of {parent.Capacity}.");

        var budgets = new Dictionary<string, long>();
        foreach (MdevBudget budget in parent.Budgets)
        {
            RequireName(budget.Name, "budget");
            Require(budgets.TryAdd(budget.Name, budget.Capacity), $"The parent {parent.Name} has two budgets named {budget.Name}.");
            Require(budget.Capacity >= 0, $"The parent {parent.Name} cannot have {budget.Capacity} {budget.Name}.");
        }

        var names = new HashSet<string>();
        foreach (MdevType type in parent.Types)
        {
            RequireName(type.Name, "type");
            Require(names.Add(type.Name), $"The parent {parent.Name} has two types named {type.Name}.");
            Require(type.Cost <= parent.Capacity, $"{type.Id} takes {type.Cost}, and {parent.Name} has {parent.Capacity}: it could never be made.");
            var taken = new HashSet<string>();
            foreach (MdevCost cost in type.Costs)
            {
                Require(taken.Add(cost.Budget), $"{type.Id} takes {cost.Budget} twice; say it once, with the sum.");
                Require(budgets.TryGetValue(cost.Budget, out long capacity), $"{type.Id} takes {cost.Budget}, which is no budget of {parent.Name}.");
                Require(cost.Amount >= 0 && cost.Amount <= capacity,
                    $"{type.Id} takes {cost.Amount} {cost.Budget}, and {parent.Name} has {capacity}: it could never be made.");
            }
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new MdevException(Errno.EINVAL, otherwise);
    }

    // Each becomes a file's name or part of one; two that match are folders of their own.
    private static void RequireName(string? name, string what) => Require(
        name is not (null or "." or "..") && Name().IsMatch(name), $"'{name}' is no name of a {what}: 1 to 64 of A-Z a-z 0-9 . _ : -");

    [GeneratedRegex(@"^[A-Za-z0-9._:-]{1,64}\z")]
    private static partial Regex Name();
}
