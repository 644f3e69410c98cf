namespace Mdev.Sdk.Dma;

/// <summary>Whether something is mapped, without touching it.</summary>
public sealed partial class GuestMemory
{
    /// <summary>Whether a range is a mapping, or the beginning of one.</summary>
    /// <param name="address">Guest DMA address of its first byte.</param>
    /// <param name="size">Bytes; at least 1.</param>
    /// <param name="exactly">Whether it must be all of the mapping.</param>
    /// <param name="error">ENOENT where there is none; ENOTSUP where it is not the beginning, or more than the mapping.</param>
    internal bool Maps(ulong address, ulong size, bool exactly, out Errno error)
    {
        lock (_gate)
        {
            if (exactly)
                error = TryIndexOf(address, size, out _) ? Errno.None : Errno.ENOENT;
            else if (!_mappings.TryFind(address, out DmaMapping? mapping))
                error = Errno.ENOENT;
            else
                error = mapping.Address == address && size <= mapping.Size ? Errno.None : Errno.ENOTSUP;
        }
        return error == Errno.None;
    }
}
