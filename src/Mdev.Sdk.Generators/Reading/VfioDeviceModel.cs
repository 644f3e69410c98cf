namespace Mdev.Sdk.Generators.Reading;

/// <summary>A class with <c>[VfioDevice]</c>.</summary>
/// <param name="Shell">Where the code goes.</param>
/// <param name="Api">What clients take it for, as code names it.</param>
/// <param name="Regions">By index and offset.</param>
/// <param name="Irqs">By index.</param>
/// <param name="Declared">Whether the author declares the device in code, and only the attributes' checks are wanted.</param>
/// <param name="Broken">Whether a mistake leaves nothing sensible to declare.</param>
internal sealed record VfioDeviceModel(
    TypeShell Shell,
    string Api,
    EquatableArray<RegionModel> Regions,
    EquatableArray<IrqModel> Irqs,
    bool Declared,
    bool Broken)
{
    /// <summary>Whether it wrongly derives from PciDevice, which wants to be told something else.</summary>
    public bool DerivesFromPci { get; init; }

    /// <summary>Members with <c>[Saved]</c>, in source order.</summary>
    public EquatableArray<SavedMember> Saved { get; init; }
}
