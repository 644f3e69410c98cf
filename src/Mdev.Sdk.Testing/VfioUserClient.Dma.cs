namespace Mdev.Sdk.Testing;

public sealed partial class VfioUserClient
{
    /// <summary>DMA_MAP: lets the device reach guest memory.</summary>
    /// <param name="address">Guest address of the first byte.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="memory">The memory; <see langword="null"/> for a client that does not share it.</param>
    /// <param name="offset">Where the range begins in the memory.</param>
    /// <param name="access">What the device may do.</param>
    /// <returns>None, or the errno of an error reply.</returns>
    public Errno TryMapDma(
        ulong address, ulong size, SharedMemory? memory, ulong offset = 0, VfioDmaAccess access = VfioDmaAccess.ReadWrite)
    {
        Span<byte> payload = Begin(32);
        WriteUInt32(payload, 0, 32);
        WriteUInt32(payload, 4, (uint)access);
        WriteUInt64(payload, 8, offset);
        WriteUInt64(payload, 16, address);
        WriteUInt64(payload, 24, size);
        return memory is null ? Call(Command.DmaMap, out _) : Call(Command.DmaMap, out _, memory.Descriptor);
    }

    /// <summary>DMA_MAP: lets the device reach guest memory.</summary>
    /// <param name="address">Guest address of the first byte.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="memory">The memory; <see langword="null"/> for a client that does not share it.</param>
    /// <param name="offset">Where the range begins in the memory.</param>
    /// <param name="access">What the device may do.</param>
    /// <exception cref="VfioException">The server refuses.</exception>
    public void MapDma(
        ulong address, ulong size, SharedMemory? memory, ulong offset = 0, VfioDmaAccess access = VfioDmaAccess.ReadWrite) =>
        Check(TryMapDma(address, size, memory, offset, access), $"DMA_MAP of 0x{size:x} bytes at 0x{address:x}");

    /// <summary>DMA_UNMAP: once answered, the device reaches that memory no more.</summary>
    /// <param name="address">Guest address of the first byte.</param>
    /// <param name="size">Bytes; address and size are those of a mapping.</param>
    /// <returns>None, or the errno of an error reply.</returns>
    public Errno TryUnmapDma(ulong address, ulong size) => Unmap(address, size, flags: 0);

    /// <summary>DMA_UNMAP: once answered, the device reaches that memory no more.</summary>
    /// <param name="address">Guest address of the first byte.</param>
    /// <param name="size">Bytes; address and size are those of a mapping.</param>
    /// <exception cref="VfioException">The server refuses.</exception>
    public void UnmapDma(ulong address, ulong size) =>
        Check(TryUnmapDma(address, size), $"DMA_UNMAP of 0x{size:x} bytes at 0x{address:x}");

    /// <summary>DMA_UNMAP of all there is.</summary>
    /// <exception cref="VfioException">The server refuses.</exception>
    public void UnmapAllDma() => Check(Unmap(0, 0, flags: 2), "DMA_UNMAP of everything");

    private Errno Unmap(ulong address, ulong size, uint flags)
    {
        Span<byte> payload = Begin(24);
        WriteUInt32(payload, 0, 24);
        WriteUInt32(payload, 4, flags);
        WriteUInt64(payload, 8, address);
        WriteUInt64(payload, 16, size);
        Errno error = Call(Command.DmaUnmap, out ReadOnlySpan<byte> reply);
        if (error == Errno.None)
            Expect(reply.Length == 24 && ReadUInt64(reply, 8) == address, "a DMA_UNMAP reply does not repeat its request");
        return error;
    }
}
