using Mdev.Sdk.Dma;

namespace Mdev.Sdk.Tests.Dma;

public sealed class DirtyTrackingTests : IDisposable
{
    private const ulong Base = 0x1_0000_0000;
    private const ulong Page = 4096;
    private const int Pages = 200;

    private readonly MappedGuest _guest = new(Pages * (long)Page);

    public DirtyTrackingTests() => _guest.Map(Base, Pages * Page);

    public void Dispose() => _guest.Dispose();

    [Fact]
    public void Pages_are_told_once_each_time_they_were_written()
    {
        Assert.True(_guest.Memory.TryWrite(Base, [1]));
        Assert.False(_guest.Memory.IsTrackingDirty);
        Assert.Equal(Errno.None, _guest.Memory.StartDirtyTracking(Page));
        Assert.True(_guest.Memory.IsTrackingDirty);
        Assert.Empty(Told());

        Assert.True(_guest.Memory.TryWrite(Base + (3 * Page) - 1, [1, 2]));
        Assert.True(_guest.Memory.TryWrite(Base + (63 * Page), new byte[2 * Page]));
        Assert.True(_guest.Memory.TryWrite(Base + (199 * Page) + 4095, [1]));
        Assert.True(_guest.Memory.TryRead(Base + (100 * Page), new byte[Page]));
        Assert.Equal([2, 3, 63, 64, 199], Told());
        Assert.Empty(Told());
    }

    [Fact]
    public async Task Every_way_of_writing_is_told_of_and_none_of_reading()
    {
        GuestMemory memory = _guest.Memory;
        Assert.Equal(Errno.None, memory.StartDirtyTracking(Page));
        Assert.True(memory.TryOpen(Base, Pages * Page, DmaAccess.ReadWrite, out DmaHandle ring));
        Assert.True(ring.TryWrite(Page, 1u));
        Assert.True(memory.TryScatter([new(Base + (2 * Page), 1), new(Base + (3 * Page), 1)], [1, 2]));
        Assert.True(await memory.WriteAsync(Base + (4 * Page), new byte[1]));
        Assert.True(memory.TryMap(Base, Page, out ReadOnlyGuestSpan read));
        read.Dispose();
        Assert.True(memory.TryMap([new DmaSegment(Base, Page)], Page, out ReadOnlyGuestSpans gathered));
        gathered.Dispose();
        Assert.True(memory.TryLease(Base, Page, DmaAccess.Read, out GuestLease looked));
        looked.Dispose();
        Assert.Equal([1, 2, 3, 4], Told());
    }

    [Fact]
    public void What_is_leased_to_be_written_is_told_when_it_begins_and_when_it_ends()
    {
        GuestMemory memory = _guest.Memory;
        Assert.Equal(Errno.None, memory.StartDirtyTracking(Page));
        Assert.True(memory.TryMap(Base + Page, 1, DmaAccess.Write, out GuestSpan span));
        Assert.True(memory.TryLease(Base + (2 * Page), 1, DmaAccess.Write, out GuestLease lease));
        Assert.True(memory.TryMap([new(Base + (4 * Page), 2 * Page)], 3 * Page, DmaAccess.Write, out GuestSpans spans));
        Assert.Equal([1, 2, 4, 5], Told());
        Assert.Empty(Told());
        span.Dispose();
        lease.Dispose();
        spans.Dispose();
        Assert.Equal([1, 2, 4, 5], Told());
    }

    [Theory]
    [InlineData(1024UL)]
    [InlineData(2048UL)]
    [InlineData(8192UL)]
    [InlineData(65536UL)]
    [InlineData(1UL << 24)]
    [InlineData(1UL << 63)]
    public void Pages_that_are_told_may_be_smaller_or_larger_than_what_is_tracked(ulong told)
    {
        Assert.Equal(Errno.None, _guest.Memory.StartDirtyTracking(Page));
        ulong[] written = [0, 1, 17, 64, 127, 128, 199];
        foreach (ulong page in written)
            Assert.True(_guest.Memory.TryWrite(Base + (page * Page) + 5, [1]));
        var expected = new SortedSet<int>();
        foreach (ulong page in written)
        {
            for (ulong at = page * Page; at < (page + 1) * Page; at += Math.Min(told, Page))
                expected.Add((int)(at / told));
        }
        Assert.Equal(expected, Told(pageSize: told));
        Assert.Empty(Told());
    }

    [Fact]
    public void A_part_of_a_mapping_is_told_and_the_rest_is_kept()
    {
        Assert.Equal(Errno.None, _guest.Memory.StartDirtyTracking(Page));
        Assert.True(_guest.Memory.TryWrite(Base, new byte[Pages * Page]));
        Assert.Equal(Enumerable.Range(0, 70), Told(length: 70 * Page));
        Assert.Equal([70], Told(length: (70 * Page) + 1));
        Assert.Equal(Enumerable.Range(70, Pages - 70), Told());
    }

    [Fact]
    public void Starting_again_is_nothing_with_the_same_page_size_and_an_error_with_another()
    {
        GuestMemory memory = _guest.Memory;
        foreach (ulong wrong in new ulong[] { 0, 3, 4097, ulong.MaxValue })
            Assert.Equal(Errno.EINVAL, memory.StartDirtyTracking(wrong));
        Assert.Equal(Errno.None, memory.StartDirtyTracking(Page));
        Assert.True(memory.TryWrite(Base, [1]));
        Assert.Equal(Errno.None, memory.StartDirtyTracking(Page));
        Assert.Equal(Errno.EINVAL, memory.StartDirtyTracking(2 * Page));
        Assert.Equal([0], Told());

        Assert.True(memory.TryWrite(Base, [1]));
        Assert.Equal(Errno.None, memory.StopDirtyTracking());
        Assert.Equal(Errno.EINVAL, memory.ReportDirty(Base, Pages * Page, Page, new byte[32]));
        Assert.Equal(Errno.None, memory.StartDirtyTracking(2 * Page));
        Assert.Empty(Told());
    }

    [Fact]
    public void What_cannot_be_told_is_an_error()
    {
        GuestMemory memory = _guest.Memory;
        Assert.Equal(Errno.EINVAL, memory.ReportDirty(Base, Pages * Page, Page, new byte[32]));
        Assert.Equal(Errno.None, memory.StartDirtyTracking(Page));
        Assert.Equal(Errno.ENOENT, memory.ReportDirty(0xdeadbeef, Page, Page, new byte[8]));
        Assert.Equal(Errno.ENOTSUP, memory.ReportDirty(Base + Page, Page, Page, new byte[8]));
        Assert.Equal(Errno.ENOTSUP, memory.ReportDirty(Base, (Pages * Page) + 1, Page, new byte[32]));
        Assert.Equal(Errno.EINVAL, memory.ReportDirty(Base, Pages * Page, 1 << 24, new byte[32]));
        Assert.Equal(Errno.EINVAL, memory.ReportDirty(Base, Pages * Page, Page, new byte[24]));
        Assert.Equal(Errno.EINVAL, memory.ReportDirty(Base, Pages * Page, Page, new byte[40]));
        Assert.Equal(Errno.EINVAL, memory.ReportDirty(Base, Pages * Page, 0, new byte[32]));
        Assert.Equal(Errno.EINVAL, memory.ReportDirty(Base, Pages * Page, 4095, new byte[32]));
        Assert.Equal(Errno.EINVAL, memory.ReportDirty(Base, 0, Page, []));
        Assert.Equal(Errno.EINVAL, memory.ReportDirty(Base, ulong.MaxValue, 1, new byte[8]));
        Assert.Equal(Errno.None, memory.Unmap(Base, Pages * Page));
        Assert.Equal(Errno.ENOENT, memory.ReportDirty(Base, Pages * Page, Page, new byte[32]));
    }

    [Fact]
    public void Unmapping_tells_what_was_written_to_the_last()
    {
        GuestMemory memory = _guest.Memory;
        byte[] bitmap = new byte[32];
        Assert.Equal(Errno.EINVAL, memory.Unmap(Base, Pages * Page, Page, bitmap));
        Assert.Equal(Errno.None, memory.StartDirtyTracking(Page));
        Assert.True(memory.TryMap(Base + (9 * Page), 1, DmaAccess.Write, out GuestSpan late));
        Assert.True(memory.TryWrite(Base + (8 * Page), [1]));
        Assert.Equal(Errno.EINVAL, memory.Unmap(Base, Pages * Page, Page, new byte[24]));
        Assert.Equal(Errno.ENOENT, memory.Unmap(Base, Page, Page, new byte[8]));
        Assert.Equal(Errno.None, memory.Unmap(Base, Pages * Page, Page, bitmap, TimeSpan.Zero));
        Assert.Equal([0, 3], bitmap[..2]);
        late.Dispose();
    }

    [Fact]
    public void What_is_mapped_later_is_tracked_too_and_what_is_read_only_is_clean()
    {
        GuestMemory memory = _guest.Memory;
        Assert.Equal(Errno.None, memory.StartDirtyTracking(Page));
        _guest.Map(0x5000, 0x1000);
        _guest.Map(0x8000, 0x1000, protection: DmaProtection.Read);
        Assert.True(memory.TryWrite(0x5000, [1]));
        byte[] bitmap = new byte[8];
        Assert.Equal(Errno.None, memory.ReportDirty(0x5000, 0x1000, Page, bitmap));
        Assert.Equal(1, bitmap[0]);
        Assert.Equal(Errno.None, memory.ReportDirty(0x8000, 0x1000, Page, bitmap));
        Assert.Equal(0, bitmap[0]);
    }

    [Fact]
    public void Bitmaps_take_no_more_memory_however_large_the_client_says_its_memory_is()
    {
        GuestMemory memory = _guest.Memory;
        for (ulong i = 1; i <= 1000; i++)
            _guest.MapUnshared(i << 44, GuestMemory.MaxSize);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Assert.Equal(Errno.None, memory.StartDirtyTracking(Page));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: false) - before, 0, 100L << 20);
        Assert.True(memory.TryWrite(Base + Page, [1]));
        Assert.Contains(1, Told());
    }

    [Fact]
    public async Task No_write_is_lost_between_two_reports()
    {
        Assert.Equal(Errno.None, _guest.Memory.StartDirtyTracking(Page));
        long[] copy = new long[Pages];
        using var stop = new CancellationTokenSource();
        Task[] writers = [.. Enumerable.Range(0, 2).Select(half => Task.Run(() => Write(half, stop.Token)))];
        for (int i = 0; i < 500; i++)
            Fetch();
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Fetch();
        for (int page = 0; page < Pages; page++)
            Assert.Equal(BitConverter.ToInt64(_guest.File.Read(page * (long)Page, 8)), copy[page]);

        // As a client does: first which pages, then what is in them.
        void Fetch()
        {
            foreach (int page in Told())
                copy[page] = BitConverter.ToInt64(_guest.File.Read(page * (long)Page, 8));
        }

        void Write(int half, CancellationToken stopped)
        {
            var random = new Random(half);
            for (long value = 1; !stopped.IsCancellationRequested; value++)
                Assert.True(_guest.Memory.TryWrite(Base + ((ulong)((random.Next(Pages / 2) * 2) + half) * Page), BitConverter.GetBytes(value)));
        }
    }

    private List<int> Told(ulong length = Pages * Page, ulong pageSize = Page)
    {
        ulong pages = ((length - 1) / pageSize) + 1;
        byte[] bitmap = new byte[((pages - 1) / 64 * 8) + 8];
        Array.Fill(bitmap, (byte)0xee);
        Assert.Equal(Errno.None, _guest.Memory.ReportDirty(Base, length, pageSize, bitmap));
        return [.. Enumerable.Range(0, bitmap.Length * 8).Where(bit => (bitmap[bit / 8] >> (bit % 8) & 1) != 0)];
    }
}
