namespace Mdev.Sdk.Generators.Reading;

/// <summary>A property with <c>[IntX]</c>.</summary>
internal sealed record IntXModel(string Property, byte Pin);
