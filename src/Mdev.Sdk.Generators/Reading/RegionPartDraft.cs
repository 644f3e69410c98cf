using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>A property that lies in a BAR or region, while it is read.</summary>
/// <param name="Property">Its name.</param>
/// <param name="Offset">Bytes from the start of the region.</param>
/// <param name="End">As far as it reaches at least: how large memory is, only its constructor says.</param>
/// <param name="IsMemory">Whether it is memory, which clients may map, and no registers.</param>
/// <param name="Attribute">Where it is declared.</param>
internal sealed record RegionPartDraft(string Property, ulong Offset, ulong End, bool IsMemory, AttributeData Attribute);
