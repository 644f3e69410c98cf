using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>
/// Head of DMA_READ and DMA_WRITE and of their replies; data follow the request that writes and the reply that reads. Source:
/// vfio-user, "VFIO_USER_DMA_READ".
/// </summary>
/// <param name="Address">Guest DMA address of the first byte.</param>
/// <param name="Count">Bytes of data.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct DmaMessage(ulong Address, ulong Count)
{
    public const int Length = 16;

    // The specification's table of the reply to DMA_WRITE gives the count 4 bytes, its text 8.
    private const int ShortLength = 12;

    /// <summary>Whether a reply to DMA_READ is one to this request.</summary>
    public bool IsReadBy(ReadOnlySpan<byte> reply) =>
        (ulong)reply.Length == Length + Count && MemoryMarshal.Read<DmaMessage>(reply) == this;

    /// <summary>Whether a reply to DMA_WRITE is one to this request, in any of its forms.</summary>
    public bool IsWrittenBy(ReadOnlySpan<byte> reply) => reply.Length switch
    {
        0 => true,
        ShortLength => MemoryMarshal.Read<ulong>(reply) == Address && MemoryMarshal.Read<uint>(reply[8..]) == Count,
        Length => MemoryMarshal.Read<DmaMessage>(reply) == this,
        _ => false,
    };
}
