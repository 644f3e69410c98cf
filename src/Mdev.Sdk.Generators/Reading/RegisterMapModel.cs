namespace Mdev.Sdk.Generators.Reading;

/// <summary>What a block shows of itself: its map, its constants, its hover text.</summary>
/// <param name="Description">The class' summary.</param>
/// <param name="Registers">By offset, then source order; two methods that are one register's directions are one.</param>
/// <param name="Blocks">Inner blocks, by offset.</param>
/// <param name="HasOffsets">Whether it gets constants: not where its author has a member of that name.</param>
internal sealed record RegisterMapModel(
    string Description, EquatableArray<MapRegisterModel> Registers, EquatableArray<MapBlockModel> Blocks, bool HasOffsets)
{
    public static readonly RegisterMapModel Empty = new("", default, default, false);
}
