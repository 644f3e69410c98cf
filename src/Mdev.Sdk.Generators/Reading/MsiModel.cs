namespace Mdev.Sdk.Generators.Reading;

/// <summary>A property with <c>[Msi]</c>.</summary>
internal sealed record MsiModel(string Property, int Vector, bool Capability);
