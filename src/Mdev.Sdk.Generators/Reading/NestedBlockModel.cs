namespace Mdev.Sdk.Generators.Reading;

/// <summary>A property with <c>[Block]</c>: a register block inside of another, or an array of them.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Property">The property as dispatch spells it.</param>
/// <param name="Type">The inner block's class, fully qualified.</param>
/// <param name="Offset">Bytes from the start of the outer block to the first one.</param>
/// <param name="Size">Bytes of one.</param>
/// <param name="Count">Number of places.</param>
/// <param name="Stride">Bytes from one place to the next.</param>
/// <param name="IsArray">Whether the property is an array, which may have fewer elements than places.</param>
internal sealed record NestedBlockModel(
    string Name, string Property, string Type, uint Offset, uint Size, int Count, uint Stride, bool IsArray)
{
    /// <summary>All of them must hold for it to be there.</summary>
    public EquatableArray<Condition> Conditions { get; init; }

    /// <summary>Whether it has an address; windows may be all that it has.</summary>
    public bool IsPlaced { get; init; } = true;

    /// <summary>Index and data pairs that reach it.</summary>
    public EquatableArray<BlockWindowModel> Windows { get; init; }

    /// <summary>Whether it, or a block in it, has bits that are reserved or not implemented.</summary>
    public bool IsWatched { get; init; }

    /// <summary>Bytes from the first place to the end of the last.</summary>
    public long Span => (Stride * (long)(Count - 1)) + Size;

    public long End => Offset + Span;
}
