namespace Mdev.Sdk.Generators.Reading;

/// <summary>A class with <c>[PciDevice]</c>.</summary>
/// <param name="Shell">Where the code goes.</param>
/// <param name="Vendor">Vendor ID.</param>
/// <param name="Device">Device ID.</param>
/// <param name="Identity">The named arguments, in source order, as code writes them.</param>
/// <param name="Data">Constant bytes of config space, in source order.</param>
/// <param name="Bars">By index.</param>
/// <param name="Pins">Lines on INTx.</param>
/// <param name="Vectors">Lines on MSI, by vector.</param>
/// <param name="Declared">Whether the author declares the device in code, and only the attributes' checks are wanted.</param>
/// <param name="Broken">Whether a mistake leaves nothing sensible to declare.</param>
internal sealed record PciDeviceModel(
    TypeShell Shell,
    ushort Vendor,
    ushort Device,
    EquatableArray<string> Identity,
    EquatableArray<ConfigDataModel> Data,
    EquatableArray<BarModel> Bars,
    EquatableArray<IntXModel> Pins,
    EquatableArray<MsiModel> Vectors,
    bool Declared,
    bool Broken)
{
    /// <summary>Capabilities that attributes of the class declare, in source order.</summary>
    public EquatableArray<CapabilityModel> Capabilities { get; init; }

    /// <summary>Capabilities of properties and the expansion ROM, in source order.</summary>
    public EquatableArray<CapabilityModel> PropertyCapabilities { get; init; }

    /// <summary>Null without MSI-X.</summary>
    public MsixModel? Msix { get; init; }

    /// <summary>Device-specific regions, by index.</summary>
    public EquatableArray<RegionModel> Regions { get; init; }

    /// <summary>Members with <c>[Saved]</c>, in source order.</summary>
    public EquatableArray<SavedMember> Saved { get; init; }
}
