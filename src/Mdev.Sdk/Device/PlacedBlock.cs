using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Device;

/// <summary>A register block at its place in a region.</summary>
/// <param name="Offset">Bytes from the start of the region.</param>
/// <param name="Map">What it declares.</param>
internal readonly record struct PlacedBlock(ulong Offset, RegisterMap Map);
