namespace Mdev.Sdk.Generators.Reading;

/// <summary>A property with <c>[Region]</c>.</summary>
/// <param name="Index">VFIO region index.</param>
/// <param name="Property">The property, as code names it.</param>
/// <param name="Options">The attribute's named arguments, as code writes them; may be empty.</param>
internal sealed record RegionModel(int Index, string Property, string Options);
