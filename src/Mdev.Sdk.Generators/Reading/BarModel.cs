namespace Mdev.Sdk.Generators.Reading;

/// <summary>A property with <c>[Bar]</c>.</summary>
internal sealed record BarModel(int Index, string Kind, string Property);
