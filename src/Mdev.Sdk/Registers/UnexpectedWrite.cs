namespace Mdev.Sdk.Registers;

/// <summary>A guest's write to bits that are reserved or not implemented.</summary>
/// <param name="Offset">The register's: bytes from the start of the block that is watched, which may hold the register's own block.</param>
/// <param name="Bits">Mask of the bits that the declaration names.</param>
/// <param name="Wrong">Those of them that are not as they must be.</param>
/// <param name="Reason">What is not implemented; <see langword="null"/> for reserved bits.</param>
public readonly record struct UnexpectedWrite(uint Offset, ulong Bits, ulong Wrong, string? Reason);
