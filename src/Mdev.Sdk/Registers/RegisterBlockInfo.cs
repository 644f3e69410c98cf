namespace Mdev.Sdk.Registers;

/// <summary>What a block's attribute says. One object a block type; the generator makes it.</summary>
/// <param name="Name">The block's class.</param>
/// <param name="Size">Bytes the block covers.</param>
public sealed record RegisterBlockInfo(string Name, uint Size)
{
    /// <summary>Width of a lane.</summary>
    public AccessWidth Bus { get; init; } = AccessWidth.Dword;

    /// <summary>Which byte of a register lies at its lowest address.</summary>
    public ByteOrder ByteOrder { get; init; }

    /// <summary>What a wider access than <see cref="Bus"/> does.</summary>
    public WideAccess Wide { get; init; }

    /// <summary>What unclaimed bytes read as.</summary>
    public Unmapped Unmapped { get; init; }

    /// <summary>What an access does that touches only some bytes of a register.</summary>
    public PartialAccess Partial { get; init; }

    /// <summary>The narrowest access that is answered.</summary>
    public AccessWidth Min { get; init; } = AccessWidth.Byte;

    /// <summary>The widest access that is answered; 0 for any.</summary>
    public AccessWidth Max { get; init; }

    /// <summary>Whether accesses are answered that do not lie at a multiple of their width.</summary>
    public bool Unaligned { get; init; } = true;
}
