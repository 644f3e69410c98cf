namespace Mdev.Sdk.Generators.Reading;

/// <summary>A property with <c>[MdevType]</c>.</summary>
internal sealed record MdevTypeModel(
    string Name, string PrettyName, long Cost, string Property, EquatableArray<MdevBudgetModel> Costs, string? Description);
