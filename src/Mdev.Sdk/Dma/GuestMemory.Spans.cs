using System.Runtime.CompilerServices;

namespace Mdev.Sdk.Dma;

/// <summary>Guest memory where it lies.</summary>
public sealed partial class GuestMemory
{
    /// <summary>Maps guest memory to be read without a copy. Unmapping waits until the span is disposed.</summary>
    /// <param name="address">Guest DMA address of the first byte; any alignment.</param>
    /// <param name="length">Bytes; of none, the span is one of nothing.</param>
    /// <param name="span">The bytes; dispose it.</param>
    /// <returns>
    /// <see langword="false"/> if any byte is not mapped readable or not shared, if the range lies in several mappings (see
    /// <see cref="TryMap(ReadOnlySpan{DmaSegment}, ulong, out ReadOnlyGuestSpans)"/>) or is longer than 2 GiB less one; guests can cause
    /// this.
    /// </returns>
    public bool TryMap(ulong address, ulong length, out ReadOnlyGuestSpan span)
    {
        span = default;
        if (!TryLeaseSpan(address, length, DmaProtection.Read, out DmaMapping? mapping))
            return false;
        if (mapping is not null)
            span = new ReadOnlyGuestSpan(mapping, address, (int)length);
        return true;
    }

    /// <summary>Maps guest memory to be written without a copy. Unmapping waits until the span is disposed.</summary>
    /// <param name="address">Guest DMA address of the first byte; any alignment.</param>
    /// <param name="length">Bytes; of none, the span is one of nothing.</param>
    /// <param name="access"><see cref="DmaAccess.Write"/>, or <see cref="DmaAccess.ReadWrite"/>.</param>
    /// <param name="span">The bytes; dispose it.</param>
    /// <returns>
    /// <see langword="false"/> if any byte is not mapped so or not shared, if the range lies in several mappings (see
    /// <see cref="TryMap(ReadOnlySpan{DmaSegment}, ulong, DmaAccess, out GuestSpans)"/>) or is longer than 2 GiB less one; guests can cause
    /// this.
    /// </returns>
    /// <exception cref="ArgumentException">It is not to be written.</exception>
    public bool TryMap(ulong address, ulong length, DmaAccess access, out GuestSpan span)
    {
        ThrowIfNotWritten(access);
        span = default;
        if (!TryLeaseSpan(address, length, (DmaProtection)access, out DmaMapping? mapping))
            return false;
        if (mapping is not null)
            span = new GuestSpan(mapping, address, (int)length);
        return true;
    }

    /// <summary>
    /// Maps guest memory for work that outlives a method: asynchronous, or kept in a field. Unmapping waits until the lease is disposed,
    /// for 2 seconds; then its memory is the guest's no more.
    /// </summary>
    /// <param name="address">Guest DMA address of the first byte; any alignment.</param>
    /// <param name="length">Bytes; of none, the lease is one of nothing.</param>
    /// <param name="access">What the device will do with it.</param>
    /// <param name="lease">The bytes; dispose it.</param>
    /// <returns>As <see cref="TryMap(ulong, ulong, DmaAccess, out GuestSpan)"/>.</returns>
    public bool TryLease(ulong address, ulong length, DmaAccess access, out GuestLease lease)
    {
        lease = default;
        if (!TryLeaseSpan(address, length, (DmaProtection)access, out DmaMapping? mapping))
            return false;
        if (mapping is not null)
            lease = new GuestLease(new LeasedMemory(mapping, address, (int)length, access));
        return true;
    }

    internal static void ThrowIfNotWritten(DmaAccess access, [CallerArgumentExpression(nameof(access))] string? name = null)
    {
        if ((access & DmaAccess.Write) == 0)
            throw new ArgumentException("Memory that is only read is mapped by the overload without DmaAccess, as read-only bytes.", name);
    }

    /// <summary>Whether a lease that was taken for a span can be one; it is returned otherwise.</summary>
    internal bool KeepsSpan(DmaMapping mapping, ulong address, ulong length)
    {
        if (mapping.Last - address >= length - 1 && length <= int.MaxValue && mapping is { IsMapped: true, IsBroken: false })
            return true;
        End(mapping, done: false);
        return false;
    }

    private bool TryLeaseSpan(ulong address, ulong length, DmaProtection needed, out DmaMapping? mapping)
    {
        mapping = null;
        return length == 0 || (TryLeaseMapping(address, needed, out mapping) && KeepsSpan(mapping, address, length));
    }
}
