namespace Mdev.Sdk.Dma;

/// <summary>A mapping as it was when somebody asked.</summary>
/// <param name="Address">Guest DMA address of the first byte.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Protection">What the device may do.</param>
/// <param name="Offset">Where the range begins in the client's file.</param>
/// <param name="IsShared">Whether the client has shared the memory; otherwise it is reached by messages.</param>
/// <param name="IsMapped">Whether it lies in this process's memory.</param>
/// <param name="IsBroken">Whether the client has truncated its file.</param>
internal readonly record struct MappedRange(
    ulong Address, ulong Size, DmaProtection Protection, ulong Offset, bool IsShared, bool IsMapped, bool IsBroken);
