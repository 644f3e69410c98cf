using System.Diagnostics;

namespace Mdev.Sdk.Dma;

/// <summary>What the client maps and unmaps, and the wait for whoever uses it.</summary>
public sealed partial class GuestMemory
{
    /// <summary>How long unmapping waits for leases: QEMU takes a device for dead after 5 seconds.</summary>
    internal static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(2);

    // Whoever waits for leases of what has been unmapped does so here, and holds nothing else.
    private readonly object _returned = new();

    // Removed while in use, and not yet gone.
    private readonly List<DmaMapping> _retired = [];
    private TaskCompletionSource? _draining;

    /// <summary>Adds a mapping and takes it over, unless it is refused.</summary>
    /// <returns>
    /// EEXIST if it overlaps another, unless it repeats one exactly (vfio-user leaves that open; QEMU does it); ENOSPC if there are too
    /// many, or too many descriptors in this process.
    /// </returns>
    internal Errno Map(DmaMapping mapping)
    {
        string reason;
        DmaMapping? replaced = null;
        lock (_gate)
        {
            int index = _mappings.FirstEndingAtOrAfter(mapping.Address);
            if (index < _mappings.Count && _mappings[index].Address <= mapping.Last)
            {
                replaced = _mappings[index];
                if (!replaced.HasRangeOf(mapping))
                    return Errno.EEXIST;
                if (!replaced.IsBroken && replaced.HasFileOf(mapping))
                {
                    // Nothing changes, for leases and handles neither.
                    mapping.File?.Dispose();
                    return Errno.None;
                }
            }
            else if (_mappings.Count == MaxMappings)
            {
                return Errno.ENOSPC;
            }

            if (mapping.File is not null && !ClientFiles.TryAdd())
                return Errno.ENOSPC;
            reason = mapping.Attach(this);
            TrackFromNow(mapping);
            if (replaced is null)
            {
                _mappings.Insert(index, mapping);
            }
            else
            {
                Retire(replaced);
                _mappings[index] = mapping;
            }
        }

        if (reason.Length != 0 && Interlocked.Exchange(ref _warned, 1) == 0)
            DmaLog.NotMapped(_logger, _device, mapping.Address, reason);
        if (replaced is not null)
            Await([replaced], DefaultDeadline);
        return Errno.None;
    }

    /// <summary>Removes the mapping that was made of exactly this range, and waits until nobody uses it.</summary>
    internal Errno Unmap(ulong address, ulong size) => Unmap(address, size, DefaultDeadline);

    /// <inheritdoc cref="Unmap(ulong, ulong)"/>
    /// <param name="address">Guest DMA address of its first byte.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="deadline">When the device's code loses it: its memory is replaced by some of nobody's.</param>
    internal Errno Unmap(ulong address, ulong size, TimeSpan deadline)
    {
        DmaMapping mapping;
        lock (_gate)
        {
            if (!TryIndexOf(address, size, out int index))
                return Errno.ENOENT;
            mapping = _mappings[index];
            Retire(mapping);
            _mappings.RemoveAt(index);
        }
        Await([mapping], deadline);
        return Errno.None;
    }

    internal void UnmapAll() => UnmapAll(DefaultDeadline);

    /// <inheritdoc cref="Unmap(ulong, ulong, TimeSpan)"/>
    /// <param name="deadline">When the device's code loses it, counted for all together.</param>
    internal void UnmapAll(TimeSpan deadline)
    {
        DmaMapping[] removed;
        lock (_gate)
        {
            removed = _mappings.RemoveAll();
            foreach (DmaMapping mapping in removed)
                Retire(mapping);
        }
        Await(removed, deadline);
    }

    /// <summary>
    /// Waits until every lease has been returned, of what is mapped and of what was. New ones are not kept from being taken.
    /// </summary>
    /// <param name="deadline">How long at most.</param>
    /// <returns>Whether none is out.</returns>
    internal async ValueTask<bool> DrainAsync(TimeSpan deadline)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            TaskCompletionSource draining = new(TaskCreationOptions.RunContinuationsAsynchronously);
            draining = Interlocked.CompareExchange(ref _draining, draining, null) ?? draining;

            // After saying so: a lease that is returned from here on says that it was.
            if (!IsInUse())
                return await EndOfCopies(deadline, start).ConfigureAwait(false);
            TimeSpan left = deadline - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
                return false;
            try
            {
                await draining.Task.WaitAsync(left).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return !IsInUse();
            }
        }
    }

    private async ValueTask<bool> EndOfCopies(TimeSpan deadline, long start)
    {
        Interlocked.MemoryBarrierProcessWide();
        while (CopySlot.IsUsed(this))
        {
            if (Stopwatch.GetElapsedTime(start) >= deadline)
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(1)).ConfigureAwait(false);
        }
        return true;
    }

    /// <summary>Whether somebody waits for all leases.</summary>
    internal bool IsDraining => Volatile.Read(ref _draining) is not null;

    /// <summary>A mapping has no lease any more.</summary>
    /// <param name="isRemoved">Whether somebody may be waiting to see it go.</param>
    internal void LeaseReturned(bool isRemoved)
    {
        if (isRemoved)
        {
            lock (_returned)
                Monitor.PulseAll(_returned);
        }
        if (IsDraining)
            Interlocked.Exchange(ref _draining, null)?.TrySetResult();
    }

    /// <summary>A mapping that has been removed is gone.</summary>
    internal void Forget(DmaMapping mapping)
    {
        lock (_gate)
            _retired.Remove(mapping);
    }

    // On the lock, which makes it one step with leaving the table.
    private void Retire(DmaMapping mapping)
    {
        mapping.Remove();
        Untrack(mapping);
        if (mapping.IsInUse)
            _retired.Add(mapping);
    }

    private void Await(ReadOnlySpan<DmaMapping> removed, TimeSpan deadline)
    {
        long start = Stopwatch.GetTimestamp();

        // Copies that began before the removal are seen from here on; none begins any more.
        if (!removed.IsEmpty)
            Interlocked.MemoryBarrierProcessWide();
        foreach (DmaMapping mapping in removed)
            Await(mapping, deadline, start);
    }

    private void Await(DmaMapping mapping, TimeSpan deadline, long start)
    {
        bool returned = !mapping.IsInUse || AwaitReturn(mapping, deadline, start);
        bool copied = CopySlot.AwaitEnd(mapping, deadline, start);
        if (!returned || !copied)
        {
            if (mapping.Revoke())
            {
                _ = Interlocked.Increment(ref _revoked);
                DmaLog.Revoked(_logger, _device, mapping.Address, mapping.Size, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            else
            {
                DmaLog.NotRevoked(_logger, _device, mapping.Address, mapping.Size);
            }
        }
        if (copied)
            mapping.LetGo();
        else
            _ = LetGoLater(mapping);
    }

    // A copy that takes this long waits for a page; nobody but time can tell of its end.
    private static async Task LetGoLater(DmaMapping mapping)
    {
        while (CopySlot.IsUsed(mapping))
            await Task.Delay(TimeSpan.FromMilliseconds(10)).ConfigureAwait(false);
        mapping.LetGo();
    }

    private bool AwaitReturn(DmaMapping mapping, TimeSpan deadline, long start)
    {
        lock (_returned)
        {
            while (mapping.IsInUse)
            {
                TimeSpan left = deadline - Stopwatch.GetElapsedTime(start);
                if (left <= TimeSpan.Zero)
                    return false;
                Monitor.Wait(_returned, left);
            }
        }
        return true;
    }

    private bool IsInUse()
    {
        lock (_gate)
        {
            for (int index = 0; index < _mappings.Count; index++)
            {
                if (_mappings[index].IsInUse)
                    return true;
            }
            foreach (DmaMapping mapping in _retired)
            {
                if (mapping.IsInUse)
                    return true;
            }
        }
        return false;
    }

    private bool TryIndexOf(ulong address, ulong size, out int index)
    {
        index = _mappings.FirstEndingAtOrAfter(address);
        return index < _mappings.Count && _mappings[index].Address == address && _mappings[index].Size == size;
    }
}
