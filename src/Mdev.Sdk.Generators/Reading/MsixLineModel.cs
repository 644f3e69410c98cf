namespace Mdev.Sdk.Generators.Reading;

/// <summary>A property with <c>[MsiX]</c>.</summary>
internal sealed record MsixLineModel(string Property, int Vector);
