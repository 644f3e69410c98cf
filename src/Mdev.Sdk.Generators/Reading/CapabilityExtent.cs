using Mdev.Sdk.Generators.Diagnostics;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Bytes of config space that something takes.</summary>
/// <param name="Offset">First byte; 0 for the next free ones.</param>
/// <param name="Size">Bytes.</param>
/// <param name="IsExtended">Whether they lie behind the first 256.</param>
/// <param name="IsOptional">Whether a type of device may be without it.</param>
/// <param name="Place">Where it is declared.</param>
internal sealed record CapabilityExtent(long Offset, long Size, bool IsExtended, bool IsOptional, Place Place)
{
    public long End => Offset + Size;
}
