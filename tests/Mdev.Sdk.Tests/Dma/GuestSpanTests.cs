using Mdev.Sdk.Dma;

namespace Mdev.Sdk.Tests.Dma;

public sealed class GuestSpanTests : IDisposable
{
    private readonly MappedGuest _guest = new();

    public void Dispose() => _guest.Dispose();

    [Fact]
    public void A_span_is_the_guests_memory_itself()
    {
        _guest.Map(0x10000, 0x2000, offset: 0x1000);
        Assert.True(_guest.Memory.TryMap(0x10ffe, 4, DmaAccess.Write, out GuestSpan written));
        using (written)
        {
            Assert.Equal(0x10ffeUL, written.Address);
            Assert.Equal(4, written.Bytes.Length);
            Assert.True(written.IsValid);
            written.Bytes[3] = 9;
            Assert.Equal([0, 0, 0, 9], _guest.File.Read(0x1ffe, 4));
        }

        Assert.True(_guest.Memory.TryMap(0x10ffe, 4, out ReadOnlyGuestSpan read));
        using (read)
        {
            _guest.File.Write(0x1ffe, [7]);
            Assert.Equal([7, 0, 0, 9], read.Bytes.ToArray());
        }
    }

    [Theory]
    [InlineData(0x0ffffUL, 1UL)]
    [InlineData(0x0ffffUL, 2UL)]
    [InlineData(0x12000UL, 1UL)]
    [InlineData(0x11fffUL, 2UL)]
    [InlineData(0x10000UL, 0x2001UL)]
    [InlineData(0x10000UL, 0x8000_0000UL)]
    [InlineData(0x10000UL, ulong.MaxValue)]
    [InlineData(0x10001UL, ulong.MaxValue)]
    [InlineData(ulong.MaxValue, 1UL)]
    [InlineData(ulong.MaxValue, 2UL)]
    public void What_is_not_all_mapped_is_no_span(ulong address, ulong length)
    {
        _guest.Map(0x10000, 0x2000);
        Assert.False(_guest.Memory.TryMap(address, length, out ReadOnlyGuestSpan read));
        Assert.False(_guest.Memory.TryMap(address, length, DmaAccess.ReadWrite, out GuestSpan written));
        Assert.True(read.Bytes.IsEmpty && written.Bytes.IsEmpty);
        Assert.False(read.IsValid || written.IsValid);
        read.Dispose();
        written.Dispose();
    }

    [Fact]
    public void Permissions_are_those_of_the_mapping()
    {
        _guest.Map(0x10000, 0x1000, protection: DmaProtection.Read);
        _guest.Map(0x20000, 0x1000, protection: DmaProtection.Write);
        _guest.Map(0x30000, 0x1000, protection: DmaProtection.None);
        Assert.True(_guest.Memory.TryMap(0x10000, 4, out ReadOnlyGuestSpan read));
        read.Dispose();
        Assert.False(_guest.Memory.TryMap(0x10000, 4, DmaAccess.Write, out GuestSpan _));
        Assert.True(_guest.Memory.TryMap(0x20000, 4, DmaAccess.Write, out GuestSpan written));
        written.Dispose();
        Assert.False(_guest.Memory.TryMap(0x20000, 4, DmaAccess.ReadWrite, out GuestSpan _));
        Assert.False(_guest.Memory.TryMap(0x20000, 4, out ReadOnlyGuestSpan _));
        Assert.False(_guest.Memory.TryMap(0x30000, 4, out ReadOnlyGuestSpan _));
    }

    [Fact]
    public void Memory_to_be_written_is_never_mapped_for_reading_alone() =>
        Assert.Throws<ArgumentException>(() => _guest.Memory.TryMap(0x10000, 4, DmaAccess.Read, out GuestSpan _));

    [Fact]
    public void Nothing_is_a_span_of_nothing_anywhere()
    {
        Assert.True(_guest.Memory.TryMap(0x123, 0, out ReadOnlyGuestSpan read));
        Assert.True(_guest.Memory.TryMap(ulong.MaxValue, 0, DmaAccess.Write, out GuestSpan written));
        Assert.True(read.Bytes.IsEmpty && written.Bytes.IsEmpty);
        read.Dispose();
        written.Dispose();
    }

    [Fact]
    public void The_last_bytes_of_the_address_space_can_be_a_span()
    {
        _guest.Map(ulong.MaxValue - 0xfff, 0x1000);
        Assert.True(_guest.Memory.TryMap(ulong.MaxValue - 3, 4, DmaAccess.Write, out GuestSpan span));
        using (span)
            span.Bytes.Fill(5);
        Assert.Equal([5, 5, 5, 5], _guest.File.Read(0xffc, 4));
        Assert.False(_guest.Memory.TryMap(ulong.MaxValue - 3, 5, DmaAccess.Write, out GuestSpan _));
    }

    [Fact]
    public void A_range_of_several_mappings_is_no_single_span()
    {
        _guest.Map(0x10000, 0x1000);
        _guest.Map(0x11000, 0x1000, offset: 0x1000);
        Assert.False(_guest.Memory.TryMap(0x10fff, 2, out ReadOnlyGuestSpan _));
    }

    [Fact]
    public void A_mapping_need_not_begin_or_end_at_a_page_of_its_file()
    {
        _guest.Map(0x10000, 0x123, offset: 0x1ff1);
        Assert.True(_guest.Memory.TryMap(0x10000, 0x123, DmaAccess.Write, out GuestSpan span));
        using (span)
        {
            span.Bytes[0] = 1;
            span.Bytes[^1] = 2;
        }
        Assert.Equal([0, 1], _guest.File.Read(0x1ff0, 2));
        Assert.Equal([2, 0], _guest.File.Read(0x2113, 2));
        Assert.False(_guest.Memory.TryMap(0x10000, 0x124, out ReadOnlyGuestSpan _));
    }

    [Fact]
    public void A_handle_gives_spans_of_its_range()
    {
        _guest.Map(0x10000, 0x1000);
        _guest.Map(0x11000, 0x1000, offset: 0x4000);
        Assert.True(_guest.Memory.TryOpen(0x10800, 0x1000, DmaAccess.ReadWrite, out DmaHandle ring));
        Assert.True(ring.TryMap(0x800, 8, DmaAccess.ReadWrite, out GuestSpan second));
        using (second)
            second.Bytes.Fill(3);
        Assert.Equal(3, _guest.File.Read(0x4000, 1)[0]);
        Assert.False(ring.TryMap(0x7ff, 2, out ReadOnlyGuestSpan _));
        Assert.False(ring.TryMap(0x1000, 1, out ReadOnlyGuestSpan _));
        Assert.False(ring.TryMap(ulong.MaxValue, 2, out ReadOnlyGuestSpan _));
        Assert.True(ring.TryMap(0x1000, 0, out ReadOnlyGuestSpan _));

        Assert.True(_guest.Memory.TryOpen(0x10800, 0x100, DmaAccess.Read, out DmaHandle table));
        Assert.True(table.TryMap(0, 0x100, out ReadOnlyGuestSpan first));
        first.Dispose();
        Assert.False(table.TryMap(0, 4, DmaAccess.Write, out GuestSpan _));
        Assert.Equal(Errno.None, _guest.Memory.Unmap(0x10000, 0x1000));
        Assert.False(table.TryMap(0, 4, out ReadOnlyGuestSpan _));
    }

    [Fact]
    public void A_lease_that_is_returned_twice_is_told_so()
    {
        _guest.Map(0x10000, 0x1000);
        Assert.True(_guest.Memory.TryMap(0x10000, 4, out ReadOnlyGuestSpan span));
        ReadOnlyGuestSpan copy = span;
        span.Dispose();
        span.Dispose();
        bool thrown = false;
        try
        {
            copy.Dispose();
        }
        catch (InvalidOperationException)
        {
            thrown = true;
        }
        Assert.True(thrown);
        Assert.True(_guest.Memory.TryRead(0x10000, new byte[4]));
        Assert.Equal(Errno.None, _guest.Memory.Unmap(0x10000, 0x1000));
    }

    [Fact]
    public void Copies_and_spans_allocate_nothing()
    {
        _guest.Map(0x10000, 0x1000);
        _guest.Map(0x11000, 0x1000);
        byte[] bytes = new byte[0x1800];
        DmaSegment[] list = [new(0x10000, 8), new(0x10ff0, 0x20), new(0x11800, 0x100)];
        Assert.True(_guest.Memory.TryOpen(0x10000, 0x2000, DmaAccess.ReadWrite, out DmaHandle ring));
        bool all = Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            all &= Round();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(all);

        bool Round()
        {
            bool done = _guest.Memory.TryRead(0x10400, bytes) && _guest.Memory.TryWrite(0x10400, bytes)
                && _guest.Memory.TryMap(0x10000, 16, DmaAccess.Write, out GuestSpan span) && Dispose(span)
                && ring.TryMap(0x1000, 16, DmaAccess.Write, out GuestSpan own) && Dispose(own)
                && _guest.Memory.TryGather(list, bytes, out int _) && _guest.Memory.TryScatter(list, bytes.AsSpan(0, 0x20));
            if (!_guest.Memory.TryMap(list, 0x1000, DmaAccess.ReadWrite, out GuestSpans spans))
                return false;
            using (spans)
            {
                foreach (Span<byte> piece in spans)
                    piece[0]++;
            }
            ValueTask<bool> read = _guest.Memory.ReadAsync(0x10000, bytes.AsMemory(0, 8));
            return done && read.IsCompletedSuccessfully;
        }

        static bool Dispose(GuestSpan span)
        {
            span.Dispose();
            return true;
        }
    }
}
