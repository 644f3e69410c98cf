namespace Mdev.Sdk.Generators.Reading;

/// <summary>An amount of a budget by name: all there is of it, or what an instance takes.</summary>
internal readonly record struct MdevBudgetModel(string Name, long Amount);
