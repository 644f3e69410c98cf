namespace Mdev.Sdk.Dma;

/// <summary>One piece of a scatter-gather list, as a descriptor of a ring gives it: any values, the guest chooses them.</summary>
/// <param name="Address">Guest DMA address of the first byte.</param>
/// <param name="Length">Bytes; 0 is a piece of nothing.</param>
public readonly record struct DmaSegment(ulong Address, ulong Length);
