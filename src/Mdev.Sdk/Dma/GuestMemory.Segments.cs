namespace Mdev.Sdk.Dma;

/// <summary>
/// Scatter-gather: guest memory in pieces, as descriptor rings give it. What the guest says of addresses and lengths is checked before a
/// byte is touched, and a list that lies in guest memory itself may change meanwhile without harm.
/// </summary>
public sealed partial class GuestMemory
{
    /// <summary>Copies the pieces, one behind the other, into <paramref name="destination"/>.</summary>
    /// <param name="segments">The pieces.</param>
    /// <param name="destination">Receives them; what it has more of stays as it is. Contents unspecified on false.</param>
    /// <param name="length">Bytes of all pieces.</param>
    /// <returns>
    /// <see langword="false"/> if they are longer than the destination, or any byte is not mapped readable or not shared; guests can cause
    /// this.
    /// </returns>
    public bool TryGather(ReadOnlySpan<DmaSegment> segments, Span<byte> destination, out int length)
    {
        length = 0;
        if (!IsWithin(segments, (ulong)destination.Length))
            return false;
        int done = 0;
        foreach (DmaSegment segment in segments)
        {
            if (segment.Length > (ulong)(destination.Length - done)
                || !TryRead(segment.Address, destination.Slice(done, (int)segment.Length)))
            {
                return false;
            }
            done += (int)segment.Length;
        }
        length = done;
        return true;
    }

    /// <summary>Copies <paramref name="source"/> into the pieces, each as full as the bytes go.</summary>
    /// <param name="segments">The pieces; together they may be longer than the source.</param>
    /// <param name="source">The bytes.</param>
    /// <returns>
    /// <see langword="false"/> if the pieces are shorter than the source, or any byte that would be written is not mapped writable or not
    /// shared; nothing is written then, unless the client takes memory away at this very moment.
    /// </returns>
    public bool TryScatter(ReadOnlySpan<DmaSegment> segments, ReadOnlySpan<byte> source)
    {
        int left = source.Length;
        foreach (DmaSegment segment in segments)
        {
            var length = (int)Math.Min(segment.Length, (ulong)left);
            if (length != 0 && !IsReachable(segment.Address, (ulong)length, DmaProtection.Write))
                return false;
            left -= length;
        }
        if (left != 0)
            return false;

        foreach (DmaSegment segment in segments)
        {
            var length = (int)Math.Min(segment.Length, (ulong)source.Length);
            if (!TryWrite(segment.Address, source[..length]))
                return false;
            source = source[length..];
        }
        return source.IsEmpty;
    }

    /// <summary>Maps the pieces to be read without a copy. Unmapping waits until the list is disposed.</summary>
    /// <param name="segments">The pieces.</param>
    /// <param name="maxLength">Bytes of all pieces that the device takes at most.</param>
    /// <param name="spans">The pieces as contiguous spans; dispose it.</param>
    /// <returns>
    /// <see langword="false"/> if they are longer than that, or any byte is not mapped readable or not shared; guests can cause this.
    /// </returns>
    public bool TryMap(ReadOnlySpan<DmaSegment> segments, ulong maxLength, out ReadOnlyGuestSpans spans)
    {
        spans = default;
        if (!TryLeasePieces(segments, maxLength, DmaProtection.Read, out LeasedPieces pieces))
            return false;
        spans = new ReadOnlyGuestSpans(pieces);
        return true;
    }

    /// <summary>Maps the pieces to be written without a copy. Unmapping waits until the list is disposed.</summary>
    /// <param name="segments">The pieces.</param>
    /// <param name="maxLength">Bytes of all pieces that the device takes at most.</param>
    /// <param name="access"><see cref="DmaAccess.Write"/>, or <see cref="DmaAccess.ReadWrite"/>.</param>
    /// <param name="spans">The pieces as contiguous spans; dispose it.</param>
    /// <returns>
    /// <see langword="false"/> if they are longer than that, or any byte is not mapped so or not shared; guests can cause this.
    /// </returns>
    /// <exception cref="ArgumentException">They are not to be written.</exception>
    public bool TryMap(ReadOnlySpan<DmaSegment> segments, ulong maxLength, DmaAccess access, out GuestSpans spans)
    {
        ThrowIfNotWritten(access);
        spans = default;
        if (!TryLeasePieces(segments, maxLength, (DmaProtection)access, out LeasedPieces pieces))
            return false;
        spans = new GuestSpans(pieces);
        return true;
    }

    // Each time a length is looked at, it is compared with what is left: no sum can wrap.
    private static bool IsWithin(ReadOnlySpan<DmaSegment> segments, ulong limit)
    {
        foreach (DmaSegment segment in segments)
        {
            ulong length = segment.Length;
            if (length > limit)
                return false;
            limit -= length;
        }
        return true;
    }

    private bool TryLeasePieces(ReadOnlySpan<DmaSegment> segments, ulong limit, DmaProtection needed, out LeasedPieces pieces)
    {
        pieces = default;
        foreach (DmaSegment segment in segments)
        {
            (ulong address, ulong left) = (segment.Address, segment.Length);
            bool within = left <= limit && (left == 0 || !Wraps(address, left));
            limit -= left;
            while (within && left != 0)
            {
                within = TryLeaseMapping(address, needed, out DmaMapping? mapping);
                if (!within)
                    break;
                int length = LengthIn(mapping!, address, (int)Math.Min(left, int.MaxValue));
                within = KeepsSpan(mapping!, address, (ulong)length);
                if (!within)
                    break;
                pieces.Add(mapping!, address, length);
                address += (ulong)length;
                left -= (ulong)length;
            }
            if (!within)
            {
                pieces.Return();
                return false;
            }
        }
        return true;
    }
}
