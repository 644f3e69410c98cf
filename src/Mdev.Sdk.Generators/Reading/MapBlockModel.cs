namespace Mdev.Sdk.Generators.Reading;

/// <summary>An inner block as the register map shows it.</summary>
/// <param name="Block">The inner block.</param>
/// <param name="HasMap">Whether its class will have a map: one that misses its <c>partial</c> is no register block at all.</param>
/// <param name="Description">Its summary.</param>
internal sealed record MapBlockModel(NestedBlockModel Block, bool HasMap, string Description);
