using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads the budgets of a parent, and what its types take of them.</summary>
internal sealed class MdevBudgetReader(INamedTypeSymbol parent, bool areDeclared, Mistakes mistakes)
{
    private readonly List<MdevBudgetModel> _budgets = [];

    public EquatableArray<MdevBudgetModel> ReadBudgets()
    {
        _budgets.AddRange(Read(parent, AttributeNames.MdevBudget, "capacity"));
        return _budgets.ToEquatableArray();
    }

    public EquatableArray<MdevBudgetModel> ReadCosts(IPropertySymbol type)
    {
        List<MdevBudgetModel> costs = [.. Read(type, AttributeNames.MdevCost, "amount")];
        foreach (AttributeData attribute in type.Attributes(AttributeNames.MdevCost))
        {
            string budget = attribute.Argument(0, "");
            long amount = attribute.Argument(1, 1L);
            int index = _budgets.FindIndex(b => b.Name == budget);
            if (index < 0 && areDeclared && SysfsName.IsValid(budget))
                mistakes.Add(TypeRules.NoBudget, Place.Of(attribute, "budget"), type.Name, budget, Text(Math.Max(amount, 1)), parent.Name, Meant(budget));
            else if (index >= 0 && _budgets[index].Amount is >= 1 and var capacity && amount > capacity)
                mistakes.Add(TypeRules.CostAboveCapacity, Place.Of(attribute, "amount"), type.Name, Text(amount), $"budget '{budget}'", Text(capacity));
        }

        return costs.ToEquatableArray();
    }

    // Twice the same is counted once: which of the two is meant only their author knows.
    private IEnumerable<MdevBudgetModel> Read(ISymbol symbol, string kind, string amountName)
    {
        var first = new Dictionary<string, AttributeData>(StringComparer.Ordinal);
        foreach (AttributeData attribute in symbol.Attributes(kind))
        {
            string name = attribute.Argument(0, "");
            long amount = attribute.Argument(1, 1L);
            if (!SysfsName.IsValid(name))
                mistakes.Add(TypeRules.BadName, Place.Of(attribute, amountName == "capacity" ? "name" : "budget"), name);
            if (amount < 1)
                mistakes.Add(TypeRules.BadAmount, Place.Of(attribute, amountName), amountName, Text(amount));
            if (first.TryGetValue(name, out AttributeData other))
                mistakes.AddPair(TypeRules.DuplicateBudget, attribute, other, symbol.Name, name);
            else
                first.Add(name, attribute);
        }

        return first.Select(f => new MdevBudgetModel(f.Key, f.Value.Argument(1, 1L)));
    }

    // What an author meant who did not mind the case; empty if that is not it.
    private string Meant(string budget) => _budgets.Find(b => b.Name.Equals(budget, StringComparison.OrdinalIgnoreCase)).Name ?? "";

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
