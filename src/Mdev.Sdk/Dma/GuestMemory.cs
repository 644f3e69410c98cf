using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Dma;

/// <summary>The guest memory that the client lets a device reach.</summary>
/// <remarks>
/// <para>
/// Memory that the client shares is mapped into this process. Unmapping waits for whoever uses it: for copies under way, and for spans
/// until they are disposed. Thread-safe; copies and spans allocate nothing, take no lock, and may be made by any number of threads at
/// once, in register handlers too.
/// </para>
/// <para>
/// A client that truncates the file makes accesses fail, and does not kill the process (SIGBUS). Memory that the client does not share
/// is reached by <see cref="ReadAsync"/> and <see cref="WriteAsync"/> alone.
/// </para>
/// </remarks>
public sealed partial class GuestMemory
{
    // vfio-user, "VFIO_USER_DMA_MAP": as many as we announced by max_dma_maps (the default), and of no more than this.
    internal const int MaxMappings = 65535;
    internal const ulong MaxSize = 8UL << 40;

    // Whoever changes what is mapped, or must know for certain that something is not. No access that succeeds takes it.
    private readonly Lock _gate = new();
    private readonly MappingTable _mappings = new();
    private readonly Lock? _deviceGate;
    private ILogger _logger = NullLogger.Instance;
    private Guid _device;
    private long _broken;
    private long _revoked;
    private int _warned;

    /// <param name="deviceGate">The lock of the device, on which nothing may wait for the client.</param>
    internal GuestMemory(Lock? deviceGate = null) => _deviceGate = deviceGate;

    /// <summary>Mappings so far whose file the client truncated, or whose memory could not be provided for another reason.</summary>
    public long Broken => Volatile.Read(ref _broken);

    /// <summary>Mappings so far that were taken away from the device's code because it did not return its leases in time.</summary>
    public long Revoked => Volatile.Read(ref _revoked);

    /// <summary>Reaches what the client has mapped without sharing it; <see langword="null"/> where nothing can.</summary>
    internal IDmaMessages? Messages { get; set; }

    /// <summary>Whose memory it is, for the log.</summary>
    internal void LogAs(Guid device, ILogger logger) => (_device, _logger) = (device, logger);

    /// <summary>Copies guest memory into <paramref name="destination"/>.</summary>
    /// <param name="address">Guest DMA address of the first byte; any alignment.</param>
    /// <param name="destination">Receives exactly its own length in bytes; contents unspecified on false.</param>
    /// <returns><see langword="false"/> if any byte is not mapped readable or not shared; guests can cause this.</returns>
    public bool TryRead(ulong address, Span<byte> destination)
    {
        CopySlot slot = CopySlot.Mine;
        return (slot.Recent is { } recent && recent.IsOf(this) && TryReadFrom(recent, slot, address, destination))
            || TryReadAnywhere(slot, address, destination);
    }

    /// <summary>Copies out of one mapping, if it has all of the bytes and nothing is unusual.</summary>
    /// <returns><see langword="false"/> if it has to be looked at more closely.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadFrom(DmaMapping mapping, CopySlot slot, ulong address, Span<byte> destination)
    {
        if (!mapping.CanCopy(address, destination.Length, DmaProtection.Read) || !slot.TryBegin(mapping))
            return false;
        bool done = mapping.TryRead(address, destination);
        slot.End();
        return done;
    }

    private bool TryReadAnywhere(CopySlot slot, ulong address, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            if (Wraps(address, (ulong)destination.Length) || !TryLeaseMapping(address, DmaProtection.Read, out DmaMapping? mapping))
                return false;
            slot.Recent = mapping;
            if (!TryReadPiece(mapping, ref address, ref destination))
                return false;
        }
        return true;
    }

    /// <summary>Copies <paramref name="source"/> into guest memory.</summary>
    /// <param name="address">Guest DMA address of the first byte; any alignment.</param>
    /// <param name="source">The bytes.</param>
    /// <returns>
    /// <see langword="false"/> if any byte is not mapped writable or not shared; nothing is written then, unless the client takes memory
    /// away at this very moment.
    /// </returns>
    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        CopySlot slot = CopySlot.Mine;
        return (slot.Recent is { } recent && recent.IsOf(this) && TryWriteTo(recent, slot, address, source))
            || TryWriteAnywhere(slot, address, source);
    }

    /// <summary>Copies into one mapping, if it has all of the bytes and nothing is unusual.</summary>
    /// <returns><see langword="false"/> if it has to be looked at more closely.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryWriteTo(DmaMapping mapping, CopySlot slot, ulong address, ReadOnlySpan<byte> source)
    {
        if (!mapping.CanCopy(address, source.Length, DmaProtection.Write) || !slot.TryBegin(mapping))
            return false;
        bool done = mapping.TryWrite(address, source);
        slot.End();
        return done;
    }

    private bool TryWriteAnywhere(CopySlot slot, ulong address, ReadOnlySpan<byte> source)
    {
        // What goes over several mappings is looked at as a whole before any of it is written.
        if (!source.IsEmpty && !IsReachable(address, (ulong)source.Length, DmaProtection.Write))
            return false;
        while (!source.IsEmpty)
        {
            if (!TryLeaseMapping(address, DmaProtection.Write, out DmaMapping? mapping))
                return false;
            slot.Recent = mapping;
            if (!TryWritePiece(mapping, ref address, ref source))
                return false;
        }
        return true;
    }

    // Copies as much as lies in a leased mapping, goes on behind it, and returns the lease.
    private bool TryReadPiece(DmaMapping leased, ref ulong address, ref Span<byte> destination)
    {
        int length = LengthIn(leased, address, destination.Length);
        bool done = leased.TryRead(address, destination[..length]);
        End(leased, done);
        destination = destination[length..];
        address += (ulong)length;
        return done;
    }

    private bool TryWritePiece(DmaMapping leased, ref ulong address, ref ReadOnlySpan<byte> source)
    {
        int length = LengthIn(leased, address, source.Length);
        bool done = leased.TryWrite(address, source[..length]);
        End(leased, done);
        source = source[length..];
        address += (ulong)length;
        return done;
    }

    /// <summary>Takes a lease of the mapping that has an address, if it is shared and allows what is needed.</summary>
    private bool TryLeaseMapping(ulong address, DmaProtection needed, [NotNullWhen(true)] out DmaMapping? mapping)
    {
        if (_mappings.TryFind(address, out mapping) && mapping.TryLease())
        {
            if (mapping.Allows(needed) && mapping.File is not null)
                return true;
            mapping.Return();
            return false;
        }
        return TryLeaseForCertain(address, needed, out mapping);
    }

    private bool TryLeaseForCertain(ulong address, DmaProtection needed, [NotNullWhen(true)] out DmaMapping? mapping)
    {
        lock (_gate)
            return _mappings.TryFind(address, out mapping) && mapping.Allows(needed) && mapping.File is not null && mapping.TryLease();
    }

    /// <summary>Whether all of a range is mapped and allows what is needed.</summary>
    /// <param name="address">The first byte.</param>
    /// <param name="length">Bytes; at least 1.</param>
    /// <param name="needed">What the device wants to do.</param>
    /// <param name="shared">Whether it must be shared, too.</param>
    private bool IsReachable(ulong address, ulong length, DmaProtection needed, bool shared = true)
    {
        ulong last = address + (length - 1);
        if (Wraps(address, length))
            return false;

        // Nearly all there is lies in one mapping, and is found without the lock.
        if (_mappings.TryFind(address, out DmaMapping? whole) && whole.Last >= last && whole.File is not null && !whole.IsRemoved)
            return whole.Allows(needed);
        lock (_gate)
            return TryFindRange(address, length, needed, shared, out _, out _);
    }

    // On the lock: the ranks of the first and the last of the mappings that a range of at least one byte lies in.
    private bool TryFindRange(ulong address, ulong length, DmaProtection needed, bool shared, out int first, out int last)
    {
        first = last = _mappings.FirstEndingAtOrAfter(address);
        if (Wraps(address, length))
            return false;
        for (ulong end = address + (length - 1); last < _mappings.Count; last++)
        {
            DmaMapping mapping = _mappings[last];
            if (mapping.Address > address || !mapping.Allows(needed) || (shared && mapping.File is null))
                return false;
            if (mapping.Last >= end)
                return true;
            address = mapping.Last + 1;
        }
        return false;
    }

    // Of at least one byte: whether the last one lies beyond the end of the address space.
    private static bool Wraps(ulong address, ulong length) => address + (length - 1) < address;

    // One less than the bytes left, so that a mapping of all 2^64 does not count as none.
    private static int LengthIn(DmaMapping mapping, ulong address, int wanted)
    {
        ulong left = mapping.Last - address;
        return left >= (ulong)wanted ? wanted : (int)left + 1;
    }

    private void End(DmaMapping mapping, bool done)
    {
        if (!done && mapping.IsBroken)
            ReportBroken(mapping);
        mapping.Return();
    }

    /// <summary>A mapping turned out to be broken: counts and logs it once.</summary>
    internal void ReportBroken(DmaMapping mapping)
    {
        if (!mapping.IsNews())
            return;
        _ = Interlocked.Increment(ref _broken);
        DmaLog.Broken(_logger, _device, mapping.Address, mapping.Size);
    }
}
