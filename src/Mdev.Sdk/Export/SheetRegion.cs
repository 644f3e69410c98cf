using Mdev.Sdk.Device;

namespace Mdev.Sdk.Export;

/// <summary>A region of a device.</summary>
/// <param name="Name">BAR0, CONFIG, REGION9.</param>
/// <param name="Kind">What it is, in words.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Address">Where it lies if all regions follow each other, at pages.</param>
/// <param name="Blocks">The register blocks in it, by offset.</param>
internal sealed record SheetRegion(string Name, string Kind, ulong Size, ulong Address, IReadOnlyList<PlacedBlock> Blocks)
{
    /// <summary>What is in it beside register blocks, by offset.</summary>
    public IReadOnlyList<PlacedMemory> Memory { get; init; } = [];

    /// <summary>What one of its blocks is called: by the region where that is enough.</summary>
    public string NameOf(PlacedBlock block) =>
        Blocks is [{ Offset: 0 }] ? Name : $"{Name}_{block.Map.Info.Name}";
}
