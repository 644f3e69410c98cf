using Mdev.Sdk.Dma;

namespace Mdev.Sdk.Tests.Dma;

public sealed class ScatterGatherTests : IDisposable
{
    private readonly MappedGuest _guest = new();

    public ScatterGatherTests()
    {
        _guest.Map(0x10000, 0x1000);
        _guest.Map(0x11000, 0x1000, offset: 0x8000);
        _guest.Map(0x20000, 0x1000, offset: 0x2000, protection: DmaProtection.Read);
    }

    public void Dispose() => _guest.Dispose();

    [Fact]
    public void Pieces_are_gathered_one_behind_the_other()
    {
        _guest.File.Write(0xfff, [1]);
        _guest.File.Write(0x8000, [2]);
        _guest.File.Write(0x2000, [3, 4]);
        byte[] bytes = new byte[8];
        Assert.True(_guest.Memory.TryGather([new(0x20000, 2), new(0x5, 0), new(0x10fff, 2)], bytes, out int length));
        Assert.Equal(4, length);
        Assert.Equal([3, 4, 1, 2, 0, 0, 0, 0], bytes);
    }

    [Fact]
    public void Bytes_are_scattered_over_as_many_pieces_as_they_fill()
    {
        Assert.True(_guest.Memory.TryScatter([new(0x10fff, 2), new(0x10000, 4), new(0x99999, ulong.MaxValue)], [1, 2, 3, 4, 5]));
        Assert.Equal([1], _guest.File.Read(0xfff, 1));
        Assert.Equal([2], _guest.File.Read(0x8000, 1));
        Assert.Equal([3, 4, 5, 0], _guest.File.Read(0, 4));
    }

    [Fact]
    public void Nothing_is_scattered_unless_all_can_be()
    {
        DmaSegment[][] lists =
        [
            [new(0x10000, 4), new(0x20000, 4)],
            [new(0x10000, 4), new(0x12000, 4)],
            [new(0x10000, 4), new(0x11ffe, 4)],
            [new(0x10000, 4), new(ulong.MaxValue, 4)],
            [new(0x10000, 4), new(0x10100, 3)],
            [],
        ];
        foreach (DmaSegment[] list in lists)
        {
            Assert.False(_guest.Memory.TryScatter(list, new byte[] { 1, 1, 1, 1, 1, 1, 1, 1 }));
            Assert.Equal([0, 0, 0, 0], _guest.File.Read(0, 4));
        }
        Assert.True(_guest.Memory.TryScatter([], []));
    }

    [Theory]
    [InlineData(9UL, 0UL)]
    [InlineData(4UL, 5UL)]
    [InlineData(ulong.MaxValue, 1UL)]
    [InlineData(8UL, ulong.MaxValue - 3)]
    [InlineData(0x8000_0000_0000_0000UL, 0x8000_0000_0000_0000UL)]
    public void Lengths_that_are_more_than_there_is_room_for_are_a_false(ulong first, ulong second)
    {
        DmaSegment[] list = [new(0x10000, first), new(0x10100, second)];
        Assert.False(_guest.Memory.TryGather(list, new byte[8], out int length));
        Assert.Equal(0, length);
        Assert.False(_guest.Memory.TryMap(list, 8, out ReadOnlyGuestSpans _));
        Assert.Equal(Errno.None, _guest.Memory.Unmap(0x10000, 0x1000, TimeSpan.Zero));
        Assert.Equal(0, _guest.Memory.Revoked);
    }

    [Fact]
    public void A_list_is_mapped_as_contiguous_pieces()
    {
        Assert.True(_guest.Memory.TryMap([new(0x10ff0, 0x20), new(0, 0), new(0x10000, 4)], 0x24, DmaAccess.ReadWrite, out GuestSpans spans));
        using (spans)
        {
            Assert.Equal(3, spans.Count);
            Assert.Equal(0x24UL, spans.Length);
            Assert.Equal(0x10, spans[0].Length);
            byte next = 1;
            foreach (Span<byte> piece in spans)
                piece.Fill(next++);
            Assert.True(spans.IsValid);
        }
        Assert.Equal([1, 2, 3], new[] { _guest.File.Read(0xfff, 1)[0], _guest.File.Read(0x800f, 1)[0], _guest.File.Read(3, 1)[0] });
        Assert.False(_guest.Memory.TryMap([new(0x10000, 4), new(0x20000, 4)], 100, DmaAccess.Write, out GuestSpans _));
        Assert.Throws<ArgumentException>(() => _guest.Memory.TryMap([new(0x10000, 4)], 100, DmaAccess.Read, out GuestSpans _));
    }

    [Fact]
    public void A_long_list_keeps_every_piece_until_it_is_disposed()
    {
        DmaSegment[] list = [.. Enumerable.Range(0, 300).Select(i => new DmaSegment(0x10000 + (ulong)i, 1))];
        Assert.True(_guest.Memory.TryMap(list, 300, out ReadOnlyGuestSpans spans));
        for (int i = 0; i < 300; i++)
            _guest.File.Write(i, [(byte)i]);
        int at = 0;
        foreach (ReadOnlySpan<byte> piece in spans)
            Assert.Equal((byte)at++, piece[0]);
        Assert.Equal(300, at);
        Assert.Equal(Errno.None, _guest.Memory.Unmap(0x10000, 0x1000, TimeSpan.Zero));
        Assert.False(spans.IsValid);
        spans.Dispose();
        Assert.Equal(0, spans.Count);
    }
}
