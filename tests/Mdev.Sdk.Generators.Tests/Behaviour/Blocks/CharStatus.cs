namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>What a caller of <see cref="CharCard"/> gives and gets: 16 bytes.</summary>
/// <param name="Depth">At 0.</param>
/// <param name="Sent">At 8.</param>
public record struct CharStatus(uint Depth, ulong Sent);
