using System.Runtime.CompilerServices;

namespace Mdev.Sdk.Device;

/// <summary>The register that each byte of a lane belongs to, by address; <see langword="null"/> for none.</summary>
[InlineArray(sizeof(ulong))]
internal struct LaneNames
{
    private string? _lowest;
}
