using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Observation;

/// <summary>An address at which a block declares a register; conditions decide which one is there.</summary>
/// <param name="Offset">Bytes from the start of the region.</param>
/// <param name="Width">Bits.</param>
/// <param name="Root">The map of the outermost block, in which the register's full name is found.</param>
internal readonly record struct RegisterPlace(ulong Offset, int Width, RegisterMap Root);
