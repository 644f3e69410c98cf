namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>A parent with limits of every sort and attributes of its own.</summary>
[MdevParent("attributed", MaxInstances = 8, OneTypeAtATime = true)]
[MdevBudget("memory", 16384), MdevBudget("engines", 8)]
public sealed partial class AttributedParent : MdevParent<AttributedDevice, AttributedConfig>
{
    [MdevAttribute] public int Temperature { get; } = 40;

    [MdevType("1", "One", Description = "one port\nand no more"), MdevCost("memory", 4096), MdevCost("engines", 1)]
    public static AttributedConfig One { get; } = new(1, default) { Formats = ["a", "b"] };

    [MdevType("2", "Two")] public static AttributedConfig Two { get; } = new(2, default);
}
