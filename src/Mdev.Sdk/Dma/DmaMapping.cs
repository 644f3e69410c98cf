using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Dma;

/// <summary>A range of guest memory that the client has mapped. Owns its descriptor.</summary>
/// <param name="Address">Guest DMA address of the first byte.</param>
/// <param name="Size">Bytes; at least 1, and the range does not wrap.</param>
/// <param name="Protection">What the device may do.</param>
/// <param name="Offset">Where the range begins in the file.</param>
/// <param name="File">The memory; <see langword="null"/> if the client did not share it.</param>
internal sealed record DmaMapping(
    ulong Address, ulong Size, DmaProtection Protection, ulong Offset, SafeFileHandle? File) : IDisposable
{
    /// <summary>The last byte: an end could wrap.</summary>
    public ulong Last => Address + (Size - 1);

    /// <summary>Whether the client has taken it back: who still has it must not use it. On the memory's lock.</summary>
    public bool IsRemoved { get; private set; }

    public void Dispose()
    {
        IsRemoved = true;
        File?.Dispose();
    }
}
