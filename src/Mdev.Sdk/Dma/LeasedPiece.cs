namespace Mdev.Sdk.Dma;

/// <summary>Bytes of one mapping, which has been leased for them.</summary>
internal readonly record struct LeasedPiece(DmaMapping Mapping, ulong Address, int Length)
{
    /// <summary>The memory itself.</summary>
    public unsafe Span<byte> Bytes => new(Mapping.At(Address), Length);
}
