using System.Runtime.InteropServices;

namespace Mdev.Sdk.Dma;

/// <summary>
/// A range of guest memory that was looked up once, for what a device comes back to: a descriptor ring, a queue. Made by
/// <see cref="GuestMemory.TryOpen"/>. Once the client unmaps any of the range, every access is false, for good, also if the same
/// addresses are mapped again: the device opens it anew.
/// </summary>
/// <remarks>
/// Thread-safe; needs no disposing, and keeps nothing mapped; accesses allocate nothing and look nothing up.
/// The default value is a handle of nothing.
/// </remarks>
public readonly struct DmaHandle
{
    private readonly GuestMemory? _memory;
    private readonly DmaMapping? _first;

    // Where a range goes over several mappings, which next to none does, the others in their order.
    private readonly DmaMapping[]? _more;

    internal DmaHandle(GuestMemory memory, DmaMapping first, DmaMapping[]? more, ulong address, ulong length, DmaAccess access) =>
        (_memory, _first, _more, Address, Length, Access) = (memory, first, more, address, length, access);

    /// <summary>Guest DMA address of the first byte.</summary>
    public ulong Address { get; }

    /// <summary>Bytes.</summary>
    public ulong Length { get; }

    /// <summary>What it was opened for.</summary>
    public DmaAccess Access { get; }

    /// <summary>Whether all of the range is still mapped; by the time that the caller looks, it may not be.</summary>
    public bool IsValid => IsMapped;

    /// <summary>Copies guest memory into <paramref name="destination"/>.</summary>
    /// <param name="offset">Bytes from the start of the range.</param>
    /// <param name="destination">Receives exactly its own length in bytes; contents unspecified on false.</param>
    /// <returns>
    /// <see langword="false"/> if the bytes are not inside of the range, if it was not opened to be read, or is not mapped any more.
    /// </returns>
    public bool TryRead(ulong offset, Span<byte> destination) =>
        _memory is not null && Allows(DmaAccess.Read, offset, destination.Length) && _memory.TryReadBy(this, Address + offset, destination);

    /// <summary>Copies <paramref name="source"/> into guest memory.</summary>
    /// <param name="offset">Bytes from the start of the range.</param>
    /// <param name="source">The bytes.</param>
    /// <returns>
    /// <see langword="false"/> if the bytes are not inside of the range, if it was not opened to be written, or is not mapped any more.
    /// </returns>
    public bool TryWrite(ulong offset, ReadOnlySpan<byte> source) =>
        _memory is not null && Allows(DmaAccess.Write, offset, source.Length) && _memory.TryWriteBy(this, Address + offset, source);

    /// <summary>Copies a value out of guest memory, in this machine's byte order.</summary>
    /// <typeparam name="T">An integer or a struct of them, laid out as the guest has it.</typeparam>
    /// <param name="offset">Bytes from the start of the range.</param>
    /// <param name="value">The value; unspecified on false.</param>
    /// <returns>As <see cref="TryRead(ulong, Span{byte})"/>.</returns>
    public bool TryRead<T>(ulong offset, out T value)
        where T : unmanaged
    {
        value = default;
        return TryRead(offset, MemoryMarshal.AsBytes(new Span<T>(ref value)));
    }

    /// <summary>Copies a value into guest memory, in this machine's byte order.</summary>
    /// <typeparam name="T">An integer or a struct of them, laid out as the guest has it.</typeparam>
    /// <param name="offset">Bytes from the start of the range.</param>
    /// <param name="value">The value.</param>
    /// <returns>As <see cref="TryWrite(ulong, ReadOnlySpan{byte})"/>.</returns>
    public bool TryWrite<T>(ulong offset, in T value)
        where T : unmanaged => TryWrite(offset, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    /// <summary>Maps bytes of the range to be read, as <see cref="GuestMemory.TryMap(ulong, ulong, out ReadOnlyGuestSpan)"/>.</summary>
    /// <param name="offset">Bytes from the start of the range.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="span">The bytes; dispose it.</param>
    /// <returns>
    /// <see langword="false"/> if the bytes are not inside of the range or lie in several mappings, if it was not opened to be read, or is
    /// not mapped any more.
    /// </returns>
    public bool TryMap(ulong offset, ulong length, out ReadOnlyGuestSpan span)
    {
        span = default;
        if (!TryLease(DmaAccess.Read, offset, length, out DmaMapping? mapping))
            return false;
        if (mapping is not null)
            span = new ReadOnlyGuestSpan(mapping, Address + offset, (int)length);
        return true;
    }

    /// <summary>
    /// Maps bytes of the range to be written, as <see cref="GuestMemory.TryMap(ulong, ulong, DmaAccess, out GuestSpan)"/>.
    /// </summary>
    /// <param name="offset">Bytes from the start of the range.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="access"><see cref="DmaAccess.Write"/>, or <see cref="DmaAccess.ReadWrite"/>.</param>
    /// <param name="span">The bytes; dispose it.</param>
    /// <returns>As <see cref="TryMap(ulong, ulong, out ReadOnlyGuestSpan)"/>.</returns>
    /// <exception cref="ArgumentException">It is not to be written.</exception>
    public bool TryMap(ulong offset, ulong length, DmaAccess access, out GuestSpan span)
    {
        GuestMemory.ThrowIfNotWritten(access);
        span = default;
        if (!TryLease(access, offset, length, out DmaMapping? mapping))
            return false;
        if (mapping is not null)
            span = new GuestSpan(mapping, Address + offset, (int)length);
        return true;
    }

    /// <summary>Its mapping, where it is one.</summary>
    internal DmaMapping? Only => _more is null ? _first : null;

    /// <summary>Whether each of its mappings is still one.</summary>
    internal bool IsMapped
    {
        get
        {
            if (_first is null or { IsRemoved: true } or { IsBroken: true })
                return false;
            foreach (DmaMapping mapping in _more ?? [])
            {
                if (mapping.IsRemoved || mapping.IsBroken)
                    return false;
            }
            return true;
        }
    }

    /// <summary>The mapping that has a byte of the range.</summary>
    internal DmaMapping MappingOf(ulong address)
    {
        DmaMapping mapping = _first!;
        for (int i = 0; mapping.Last < address; i++)
            mapping = _more![i];
        return mapping;
    }

    private bool TryLease(DmaAccess access, ulong offset, ulong length, out DmaMapping? mapping)
    {
        mapping = null;
        if (_memory is null || (Access & access) != access || offset > Length || length > Length - offset || !IsMapped)
            return false;
        if (length == 0)
            return true;
        mapping = MappingOf(Address + offset);
        return mapping.TryLease() && _memory.KeepsSpan(mapping, Address + offset, length);
    }

    private bool Allows(DmaAccess needed, ulong offset, int count) =>
        (Access & needed) != 0 && offset <= Length && (ulong)count <= Length - offset;
}
