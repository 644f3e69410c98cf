namespace Mdev.Sdk.Registers;

/// <summary>What <see cref="RegisterBlockAttribute"/> says of a block. One object a block type.</summary>
/// <param name="Name">The block's class.</param>
/// <param name="Size">Bytes the block covers.</param>
/// <param name="Bus">Width of a lane.</param>
/// <param name="Wide">What a wider access does.</param>
/// <param name="Unmapped">What unclaimed bytes read as.</param>
public sealed record RegisterBlockInfo(string Name, uint Size, AccessWidth Bus, WideAccess Wide, Unmapped Unmapped);
