namespace Mdev.Sdk.Generators.Reading;

/// <summary>A class with <c>[MdevParent]</c>.</summary>
/// <param name="Shell">Where the code goes.</param>
/// <param name="Name">The driver's name.</param>
/// <param name="Capacity">What instances share; the largest number for no limit.</param>
/// <param name="Device">TDevice, fully qualified.</param>
/// <param name="Config">TConfig, fully qualified.</param>
/// <param name="Types">In source order.</param>
/// <param name="Arguments">Of the device's constructor: <c>config</c> and <c>this</c>; meaningless where broken.</param>
/// <param name="Overridden">What the author overrides himself.</param>
/// <param name="Broken">Whether a mistake leaves no device to make.</param>
internal sealed record MdevParentModel(
    TypeShell Shell,
    string Name,
    long Capacity,
    string Device,
    string Config,
    EquatableArray<MdevTypeModel> Types,
    EquatableArray<string> Arguments,
    EquatableArray<string> Overridden,
    bool Broken)
{
    /// <summary>The kernel's <c>device_api</c> of a device that is not PCI; null for one that is.</summary>
    public string? DeviceApi { get; init; }

    /// <summary>Of all types together; 0 without a limit.</summary>
    public long MaxInstances { get; init; }

    /// <summary>In source order.</summary>
    public EquatableArray<MdevBudgetModel> Budgets { get; init; }

    /// <summary>Whether types exclude each other.</summary>
    public bool OneTypeAtATime { get; init; }
}
