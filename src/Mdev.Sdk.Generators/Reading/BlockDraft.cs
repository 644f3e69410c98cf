using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>A block while it is being read; symbols stay in here.</summary>
internal sealed class BlockDraft(INamedTypeSymbol type, uint size, int bus, Mistakes mistakes, CancellationToken cancel)
{
    public INamedTypeSymbol Type { get; } = type;

    public uint Size { get; } = size;

    public int Bus { get; set; } = bus;

    public Mistakes Mistakes { get; } = mistakes;

    public CancellationToken Cancel { get; } = cancel;

    public List<PartialProperty> Properties { get; } = [];

    public List<RegisterDraft> Registers { get; } = [];

    public List<RegisterArrayDraft> Arrays { get; } = [];

    public List<NestedBlockModel> Blocks { get; } = [];

    /// <summary>Where each of <see cref="Blocks"/> is declared.</summary>
    public List<Place> BlockPlaces { get; } = [];

    /// <summary>Index and data pairs that reach <see cref="Blocks"/>, with what they reach and where they are declared.</summary>
    public List<(string Name, AttributeData Attribute, BlockWindowModel Model)> BlockWindows { get; } = [];

    public List<InterruptStatusModel> Interrupts { get; } = [];

    public List<string> ResetMethods { get; } = [];
}
