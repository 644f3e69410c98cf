namespace Mdev.Sdk.Generators.Reading;

/// <summary>An inner block as the register map shows it.</summary>
/// <param name="Block">The inner block.</param>
/// <param name="HasMap">Whether its class will have a map: one that misses its <c>partial</c> is no register block at all.</param>
/// <param name="Description">Its summary.</param>
internal sealed record MapBlockModel(NestedBlockModel Block, bool HasMap, string Description)
{
    /// <summary>When it is there, as its author wrote it; empty if always.</summary>
    public string Condition { get; init; } = "";

    /// <summary>Index and data pairs that reach it.</summary>
    public EquatableArray<MapWindowModel> Windows { get; init; }
}
