namespace Mdev.Sdk.Generators.Reading;

/// <summary>A struct with <c>[BitFields]</c>.</summary>
/// <param name="Shell">Where the code goes.</param>
/// <param name="Bytes">Width of the whole value.</param>
/// <param name="ReadOnly">Whether the struct is readonly, and its value field must be.</param>
/// <param name="Fields">In source order, which is how they are printed.</param>
/// <param name="Written">Members that the author or the compiler (of a record) brings: these are not emitted.</param>
internal sealed record BitFieldsModel(
    TypeShell Shell, int Bytes, bool ReadOnly, EquatableArray<BitFieldModel> Fields, EquatableArray<string> Written)
{
    /// <summary>The fields as the register map shows them, in source order.</summary>
    public EquatableArray<MapFieldModel> Map { get; init; }

    /// <summary>Reserved bits, and those that are not implemented.</summary>
    public EquatableArray<WatchedBits> Watched { get; init; }

    /// <summary>Nested classes of constants that it gets: not where its author has a member of that name.</summary>
    public EquatableArray<string> Constants { get; init; }
}
