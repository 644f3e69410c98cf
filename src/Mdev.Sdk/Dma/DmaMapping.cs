using System.Runtime.CompilerServices;
using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Dma;

/// <summary>
/// A range of guest memory that the client has mapped. Owns its descriptor, once a <see cref="GuestMemory"/> has taken it.
/// </summary>
/// <remarks>Its life and its leases are in the other part.</remarks>
internal sealed partial class DmaMapping
{
    private SharedMapping? _host;
    private unsafe byte* _start;
    private DirtyBitmap? _dirty;

    /// <param name="address">Guest DMA address of the first byte.</param>
    /// <param name="size">Bytes; at least 1, and the range does not wrap.</param>
    /// <param name="protection">What the device may do.</param>
    /// <param name="offset">Where the range begins in the file.</param>
    /// <param name="file">The memory; <see langword="null"/> if the client did not share it.</param>
    public DmaMapping(ulong address, ulong size, DmaProtection protection, ulong offset, SafeFileHandle? file) =>
        (Address, Size, Protection, Offset, File) = (address, size, protection, offset, file);

    public ulong Address { get; }

    public ulong Size { get; }

    public DmaProtection Protection { get; }

    public ulong Offset { get; }

    public SafeFileHandle? File { get; }

    /// <summary>The last byte: an end could wrap.</summary>
    public ulong Last => Address + (Size - 1);

    /// <summary>Whether it lies in this process's memory. Otherwise copies go through the file, and there are no spans.</summary>
    public bool IsMapped => _host is not null;

    /// <summary>Whether the client has taken the memory away under the mapping, by truncating its file.</summary>
    public bool IsBroken => _host is { IsBroken: true };

    /// <summary>What the device has written; <see langword="null"/> unless somebody wants to know.</summary>
    public DirtyBitmap? Dirty
    {
        get => Volatile.Read(ref _dirty);
        set => Volatile.Write(ref _dirty, value);
    }

    /// <summary>Whether the device may do this with it.</summary>
    public bool Allows(DmaProtection needed) => (Protection & needed) == needed;

    /// <summary>Whether the other one is the same range of the same memory, with the same rights.</summary>
    public bool HasRangeOf(DmaMapping other) =>
        (Address, Size, Protection, Offset) == (other.Address, other.Size, other.Protection, other.Offset)
        && File is null == other.File is null;

    /// <summary>Whether the other one's descriptor is of the same file.</summary>
    public bool HasFileOf(DmaMapping other) =>
        File is null || (FileIdentity.TryGet(File, out FileIdentity mine) && FileIdentity.TryGet(other.File!, out FileIdentity others)
            && mine == others);

    /// <summary>Whether bytes lie in it, may be used so, and can be copied in this process's memory; never of none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe bool CanCopy(ulong address, int length, DmaProtection needed)
    {
        ulong offset = address - Address, last = Size - 1;
        return offset <= last && (ulong)(length - 1L) <= last - offset && (Protection & needed) != 0 && _start != null;
    }

    /// <summary>The bytes in this process's memory. Of a mapped one; the caller has a lease, and has checked the bounds.</summary>
    public unsafe byte* At(ulong address) => _start + (address - Address);

    /// <summary>Copies out of it. The caller has a lease, and has checked the bounds.</summary>
    /// <returns><see langword="false"/> if the client has truncated the file.</returns>
    public unsafe bool TryRead(ulong address, Span<byte> destination)
    {
        ulong offset = address - Address;
        if (_host is not { } host)
            return File is not null && Transfer.TryReadFully(File, destination, (long)(Offset + offset));
        new ReadOnlySpan<byte>(host.Start + offset, destination.Length).CopyTo(destination);

        // After the bytes: zeros in the place of the file's memory come with the mark.
        Volatile.ReadBarrier();
        return !host.IsBroken;
    }

    /// <summary>Copies into it, and marks it as written. The caller has a lease, and has checked the bounds.</summary>
    /// <returns><see langword="false"/> if the client has truncated the file.</returns>
    public unsafe bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        ulong offset = address - Address;
        bool written = true;
        if (_host is not { } host)
            written = File is not null && Transfer.TryWriteFully(File, source, (long)(Offset + offset));
        else
        {
            source.CopyTo(new Span<byte>(host.Start + offset, source.Length));
            written = !host.IsBroken;
        }
        MarkDirty(address, (ulong)source.Length);
        return written;
    }

    /// <summary>Notes that the device has written bytes, or is about to.</summary>
    public void MarkDirty(ulong address, ulong length)
    {
        if (Dirty is { } dirty)
            dirty.Mark(address - Address, length);
    }
}
