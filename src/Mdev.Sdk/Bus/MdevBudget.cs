namespace Mdev.Sdk;

/// <summary>Something that all instances of a parent share: memory, engines, queues.</summary>
/// <param name="Name">What it is, as sentences name it.</param>
/// <param name="Capacity">How much there is, in the vendor's units; at least 0.</param>
public readonly record struct MdevBudget(string Name, long Capacity);
