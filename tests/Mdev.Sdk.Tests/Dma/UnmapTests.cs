using Mdev.Sdk.Dma;
using Mdev.Sdk.Testing;

namespace Mdev.Sdk.Tests.Dma;

public sealed class UnmapTests : IDisposable
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(20);

    private readonly MappedGuest _guest = new();

    public void Dispose() => _guest.Dispose();

    [Fact]
    public async Task Unmapping_waits_until_the_last_lease_is_returned()
    {
        _guest.Map(0x10000, 0x1000);
        Assert.True(_guest.Memory.TryLease(0x10000, 8, DmaAccess.ReadWrite, out GuestLease one));
        Assert.True(_guest.Memory.TryLease(0x10010, 8, DmaAccess.Read, out GuestLease other));
        Task<Errno> unmapping = Task.Run(() => _guest.Memory.Unmap(0x10000, 0x1000, s_long));
        while (_guest.Memory.TryRead(0x10000, new byte[1]))
            await Task.Yield();

        one.WritableBytes.Span[0] = 1;
        one.Dispose();
        Assert.False(unmapping.IsCompleted);
        Assert.True(other.IsValid);
        other.Dispose();
        Assert.Equal(Errno.None, await unmapping);
        Assert.Equal([1], _guest.File.Read(0, 1));
        Assert.Equal(0, _guest.Memory.Revoked);
        Assert.Empty(_guest.Log.Lines);
    }

    [Fact]
    public async Task Unmapping_one_range_waits_for_nobody_who_uses_another_and_holds_nobody_up()
    {
        _guest.Map(0x10000, 0x1000);
        _guest.Map(0x20000, 0x1000, offset: 0x1000);
        Assert.True(_guest.Memory.TryLease(0x10000, 8, DmaAccess.Read, out GuestLease lease));
        Assert.Equal(Errno.None, _guest.Memory.Unmap(0x20000, 0x1000, s_long));

        Task<Errno> unmapping = Task.Run(() => _guest.Memory.Unmap(0x10000, 0x1000, s_long));
        while (_guest.Memory.TryRead(0x10000, new byte[1]))
            await Task.Yield();
        _guest.Map(0x20000, 0x1000, offset: 0x1000);
        Assert.True(_guest.Memory.TryWrite(0x20000, [1]));
        Assert.False(_guest.Memory.TryRead(0x10000, new byte[1]));
        Assert.Equal(Errno.ENOENT, _guest.Memory.Unmap(0x10000, 0x1000));
        lease.Dispose();
        Assert.Equal(Errno.None, await unmapping);
    }

    [Fact]
    public void Memory_that_is_not_returned_in_time_is_taken_away_and_late_writes_reach_nobody()
    {
        _guest.Map(0x10000, 0x1000);
        _guest.File.Write(0, [1, 2, 3, 4]);
        Assert.True(_guest.Memory.TryMap(0x10000, 4, DmaAccess.ReadWrite, out GuestSpan span));
        using (span)
        {
            Assert.Equal(Errno.None, _guest.Memory.Unmap(0x10000, 0x1000, s_short));
            Assert.False(span.IsValid);
            Assert.Equal([0, 0, 0, 0], span.Bytes.ToArray());
            span.Bytes.Fill(9);
            Assert.Equal([1, 2, 3, 4], _guest.File.Read(0, 4));
            Assert.Equal(1, _guest.Memory.Revoked);
            Assert.Contains("after the client has unmapped it", Assert.Single(_guest.Log.Lines), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_same_range_can_be_mapped_again_while_what_it_was_is_still_in_use()
    {
        using var other = new SharedMemory(0x1000);
        _guest.Map(0x10000, 0x1000);
        Assert.True(_guest.Memory.TryMap(0x10000, 4, DmaAccess.ReadWrite, out GuestSpan old));
        Assert.Equal(Errno.None, _guest.Memory.Unmap(0x10000, 0x1000, TimeSpan.Zero));
        Assert.Equal(Errno.None, _guest.Memory.Map(new(0x10000, 0x1000, MappedGuest.ReadWrite, 0, Handles.Duplicate(other.Handle))));
        Assert.True(_guest.Memory.TryMap(0x10000, 4, DmaAccess.ReadWrite, out GuestSpan present));
        old.Bytes.Fill(1);
        present.Bytes.Fill(2);
        old.Dispose();
        Assert.True(present.IsValid);
        present.Dispose();
        Assert.Equal([2, 2, 2, 2], other.Read(0, 4));
        Assert.Equal([0, 0, 0, 0], _guest.File.Read(0, 4));
    }

    [Fact]
    public void Repeating_a_mapping_of_the_same_file_changes_nothing_for_handles_and_leases()
    {
        _guest.Map(0x10000, 0x1000);
        Assert.True(_guest.Memory.TryOpen(0x10000, 16, DmaAccess.Read, out DmaHandle ring));
        Assert.True(_guest.Memory.TryMap(0x10000, 4, out ReadOnlyGuestSpan span));
        _guest.Map(0x10000, 0x1000);
        Assert.True(ring.IsValid && span.IsValid);
        span.Dispose();
    }

    [Fact]
    public void Repeating_a_mapping_with_another_file_replaces_it()
    {
        using var other = new SharedMemory(0x1000);
        _guest.Map(0x10000, 0x1000);
        Assert.True(_guest.Memory.TryOpen(0x10000, 16, DmaAccess.Read, out DmaHandle ring));
        Assert.Equal(Errno.None, _guest.Memory.Map(new(0x10000, 0x1000, MappedGuest.ReadWrite, 0, Handles.Duplicate(other.Handle))));
        Assert.False(ring.IsValid);
        Assert.True(_guest.Memory.TryWrite(0x10000, [6]));
        Assert.Equal([6], other.Read(0, 1));
    }

    [Fact]
    public void Unmapping_everything_takes_away_whatever_is_not_returned()
    {
        const int Count = 50;
        var leases = new GuestLease[Count];
        for (ulong i = 0; i < Count; i++)
        {
            _guest.Map(i * 0x1000, 0x100);
            Assert.True(_guest.Memory.TryLease(i * 0x1000, 1, DmaAccess.Write, out leases[i]));
        }
        leases[0].Dispose();
        _guest.Memory.UnmapAll(s_short);
        Assert.Equal(Count - 1, _guest.Memory.Revoked);
        foreach (GuestLease lease in leases)
            lease.Dispose();
        Assert.Equal(0, MapsOfThisFile());
    }

    [Fact]
    public async Task Draining_waits_for_every_lease_of_what_is_mapped_and_of_what_was()
    {
        Assert.True(await _guest.Memory.DrainAsync(TimeSpan.Zero));
        _guest.Map(0x10000, 0x1000);
        _guest.Map(0x20000, 0x1000);
        Assert.True(_guest.Memory.TryLease(0x10000, 1, DmaAccess.Read, out GuestLease removed));
        Assert.Equal(Errno.None, _guest.Memory.Unmap(0x10000, 0x1000, TimeSpan.Zero));
        Assert.True(_guest.Memory.TryLease(0x20000, 1, DmaAccess.Read, out GuestLease present));
        Assert.False(await _guest.Memory.DrainAsync(s_short));

        Task<bool> draining = _guest.Memory.DrainAsync(s_long).AsTask();
        present.Dispose();
        Assert.False(await _guest.Memory.DrainAsync(s_short));
        Assert.False(draining.IsCompleted);
        removed.Dispose();
        Assert.True(await draining);
    }

    [Fact]
    public async Task Threads_copy_and_use_spans_while_ranges_come_and_go()
    {
        using var stop = new CancellationTokenSource();
        Task[] users = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => Use(stop.Token)))];
        for (int round = 0; round < 3000; round++)
        {
            _guest.Map(0x10000, 0x1000);
            _guest.Map(0x11000, 0x1000, offset: 0x1000);
            _guest.Map((ulong)(round % 7) * 0x100, 0x100, offset: 0x2000);
            if (round % 3 == 0)
            {
                _guest.Memory.UnmapAll(s_long);
                continue;
            }
            Assert.Equal(Errno.None, _guest.Memory.Unmap(0x10000, 0x1000, s_long));
            Assert.Equal(Errno.None, _guest.Memory.Unmap((ulong)(round % 7) * 0x100, 0x100, s_long));
            Assert.Equal(Errno.None, _guest.Memory.Unmap(0x11000, 0x1000, s_long));
        }
        await stop.CancelAsync();
        await Task.WhenAll(users);
        Assert.Equal(0, _guest.Memory.Revoked);
        Assert.Empty(_guest.Log.Lines);

        void Use(CancellationToken stopped)
        {
            byte[] bytes = new byte[0x1800];
            DmaHandle ring = default;
            while (!stopped.IsCancellationRequested)
            {
                _ = _guest.Memory.TryRead(0x10400, bytes);
                _ = _guest.Memory.TryWrite(0x10800, bytes.AsSpan(0, 0x1000));
                if (_guest.Memory.TryMap(0x11000, 0x1000, DmaAccess.ReadWrite, out GuestSpan span))
                {
                    using (span)
                        span.Bytes.Reverse();
                }
                if (!ring.TryRead(0, out ulong _))
                    _guest.Memory.TryOpen(0x10000, 0x100, DmaAccess.Read, out ring);
                if (_guest.Memory.TryMap([new(0x10ff0, 0x20), new(0x200, 8)], 100, out ReadOnlyGuestSpans spans))
                    spans.Dispose();
            }
        }
    }

    [Fact]
    public void Thousands_of_mappings_are_found_and_leave_nothing_behind()
    {
        const int Count = 5000;
        int before = MapsOfThisFile();
        var order = new Random(4);
        int[] pages = [.. Enumerable.Range(0, Count)];
        order.Shuffle(pages);
        foreach (int page in pages)
            _guest.Map(0x1_0000_0000 + ((ulong)page * 0x2000), 0x1000, offset: (ulong)(page % 16) * 0x1000);
        byte[] value = new byte[4];
        foreach (int page in pages)
        {
            ulong address = 0x1_0000_0000 + ((ulong)page * 0x2000);
            Assert.True(_guest.Memory.TryWrite(address + 0xffc, BitConverter.GetBytes(page)));
            Assert.True(_guest.Memory.TryRead(address + 0xffc, value));
            Assert.Equal(page, BitConverter.ToInt32(value));
            Assert.False(_guest.Memory.TryRead(address + 0xffd, value));
            Assert.False(_guest.Memory.TryRead(address - 1, value));
        }
        order.Shuffle(pages);
        foreach (int page in pages.AsSpan(0, Count / 2))
            Assert.Equal(Errno.None, _guest.Memory.Unmap(0x1_0000_0000 + ((ulong)page * 0x2000), 0x1000));
        foreach (int page in pages.AsSpan(0, Count / 2))
            Assert.False(_guest.Memory.TryRead(0x1_0000_0000 + ((ulong)page * 0x2000), value));
        foreach (int page in pages.AsSpan(Count / 2))
            Assert.True(_guest.Memory.TryRead(0x1_0000_0000 + ((ulong)page * 0x2000), value));
        _guest.Memory.UnmapAll();
        Assert.Equal(before, MapsOfThisFile());
    }

    // By inode: other tests map files of their own at the same time.
    private int MapsOfThisFile()
    {
        Assert.True(Mdev.Sdk.Interop.FileIdentity.TryGet(_guest.File.Handle, out Mdev.Sdk.Interop.FileIdentity identity));
        return File.ReadLines("/proc/self/maps").Count(line => line.Contains($" {identity.Inode} ", StringComparison.Ordinal));
    }
}
