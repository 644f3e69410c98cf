using System.Numerics;

namespace Mdev.Sdk.Dma;

/// <summary>
/// What the device has written, for a client that migrates its guest. Source: vfio-user, "VFIO_USER_DEVICE_FEATURE"; linux/vfio.h,
/// VFIO_DEVICE_FEATURE_DMA_LOGGING_START.
/// </summary>
public sealed partial class GuestMemory
{
    // Of 2 TiB in pages of 4 KiB. What a client says of its memory's size costs no more, whether it is there or not.
    private const ulong MaxBitmaps = 64UL << 20;
    private const int SmallestShift = 12;

    // On the lock. The page size that was asked for; 0 while nobody asks.
    private ulong _trackedPageSize;
    private ulong _bitmaps;

    /// <summary>Whether writes are being tracked.</summary>
    internal bool IsTrackingDirty => Volatile.Read(ref _trackedPageSize) != 0;

    /// <summary>Tracks writes from now on, of all that is mapped or will be. Once more with the same page size changes nothing.</summary>
    /// <param name="pageSize">What it will be told by; a power of two. Below 4096, all of the 4096 bytes around a write are told.</param>
    /// <returns>EINVAL if the page size is none, or another one is being used.</returns>
    internal Errno StartDirtyTracking(ulong pageSize)
    {
        if (!BitOperations.IsPow2(pageSize))
            return Errno.EINVAL;
        lock (_gate)
        {
            if (_trackedPageSize != 0)
                return _trackedPageSize == pageSize ? Errno.None : Errno.EINVAL;
            Volatile.Write(ref _trackedPageSize, pageSize);
            for (int index = 0; index < _mappings.Count; index++)
                TrackFromNow(_mappings[index]);
        }

        // A write that did not see its bitmap is in the memory by now, where the client reads it after the answer.
        Interlocked.MemoryBarrierProcessWide();
        return Errno.None;
    }

    /// <summary>Tracks no more, and forgets what has been written.</summary>
    internal Errno StopDirtyTracking()
    {
        lock (_gate)
        {
            Volatile.Write(ref _trackedPageSize, 0);
            for (int index = 0; index < _mappings.Count; index++)
                Untrack(_mappings[index]);
        }
        return Errno.None;
    }

    /// <summary>Tells what has been written since it was last told.</summary>
    /// <param name="address">Guest DMA address of a mapping's first byte.</param>
    /// <param name="length">Bytes of that mapping; at least 1.</param>
    /// <param name="pageSize">Bytes that a bit stands for; a power of two, larger or smaller than what is tracked.</param>
    /// <param name="bitmap">As many whole words of 64 bits as its pages need; bit n is page n from the address on.</param>
    /// <returns>
    /// EINVAL if nothing is tracked, or the sizes are wrong; ENOENT if nothing is mapped there; ENOTSUP if it is not the start of a
    /// mapping, or more than it.
    /// </returns>
    internal Errno ReportDirty(ulong address, ulong length, ulong pageSize, Span<byte> bitmap)
    {
        if (!IsBitmapOf(length, pageSize, bitmap))
            return Errno.EINVAL;
        lock (_gate)
        {
            if (_trackedPageSize == 0)
                return Errno.EINVAL;
            if (!_mappings.TryFind(address, out DmaMapping? mapping))
                return Errno.ENOENT;
            if (mapping.Address != address || length > mapping.Size)
                return Errno.ENOTSUP;
            bitmap.Clear();
            mapping.Dirty?.Collect(length, BitOperations.Log2(pageSize), bitmap);
        }
        return Errno.None;
    }

    /// <summary>Removes the mapping that was made of exactly this range, waits until nobody uses it, and tells what was written.</summary>
    /// <param name="address">Guest DMA address of its first byte.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="pageSize">As <see cref="ReportDirty"/>.</param>
    /// <param name="bitmap">As <see cref="ReportDirty"/>.</param>
    /// <param name="deadline">As <see cref="Unmap(ulong, ulong, TimeSpan)"/>; 2 seconds if not given.</param>
    /// <returns>EINVAL if nothing is tracked, or the sizes are wrong; ENOENT if no mapping was made of this range.</returns>
    internal Errno Unmap(ulong address, ulong size, ulong pageSize, Span<byte> bitmap, TimeSpan? deadline = null)
    {
        if (!IsBitmapOf(size, pageSize, bitmap))
            return Errno.EINVAL;
        DmaMapping mapping;
        DirtyBitmap? dirty;
        lock (_gate)
        {
            if (_trackedPageSize == 0)
                return Errno.EINVAL;
            if (!TryIndexOf(address, size, out int index))
                return Errno.ENOENT;
            mapping = _mappings[index];
            dirty = mapping.Dirty;
            Retire(mapping);
            _mappings.RemoveAt(index);
        }
        Await([mapping], deadline ?? DefaultDeadline);
        bitmap.Clear();
        dirty?.Collect(size, BitOperations.Log2(pageSize), bitmap);
        return Errno.None;
    }

    private static bool IsBitmapOf(ulong length, ulong pageSize, ReadOnlySpan<byte> bitmap) =>
        length != 0 && BitOperations.IsPow2(pageSize)
        && DirtyBitmap.BytesOf(length, BitOperations.Log2(pageSize)) == (ulong)bitmap.Length;

    // On the lock.
    private void TrackFromNow(DmaMapping mapping)
    {
        if (_trackedPageSize == 0 || !mapping.Allows(DmaProtection.Write))
            return;
        int shift = Math.Max(BitOperations.Log2(_trackedPageSize), SmallestShift);
        mapping.Dirty = DirtyBitmap.Of(mapping.Size, shift, MaxBitmaps - Math.Min(_bitmaps, MaxBitmaps));
        _bitmaps += mapping.Dirty.Bytes;
    }

    // On the lock. A removed mapping keeps its bitmap, for whoever is still writing.
    private void Untrack(DmaMapping mapping)
    {
        _bitmaps -= mapping.Dirty?.Bytes ?? 0;
        if (!mapping.IsRemoved)
            mapping.Dirty = null;
    }
}
