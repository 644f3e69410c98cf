using Mdev.Sdk.Dma;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Tests.Dma;

public sealed class DmaHandleTests : IDisposable
{
    private const ulong Base = 0x1_0000_0000;
    private const ulong Size = 0x4000;

    private readonly string _path = Path.GetTempFileName();
    private readonly GuestMemory _memory = new();

    public DmaHandleTests()
    {
        using SafeFileHandle file = Open();
        RandomAccess.SetLength(file, (long)Size);
    }

    public void Dispose()
    {
        _memory.UnmapAll();
        File.Delete(_path);
    }

    [Fact]
    public void A_range_is_looked_up_once_and_read_and_written_by_offset()
    {
        Map(Base, Size);
        Assert.True(_memory.TryOpen(Base + 0x10, 0x100, DmaAccess.ReadWrite, out DmaHandle ring));
        Assert.True(ring.TryWrite(8, 0x1122_3344_5566_7788ul));
        Assert.True(ring.TryRead(8, out uint half));
        Assert.Equal(0x5566_7788u, half);

        Span<byte> bytes = stackalloc byte[3];
        Assert.True(_memory.TryRead(Base + 0x18, bytes));
        Assert.Equal([0x88, 0x77, 0x66], bytes.ToArray());
    }

    [Fact]
    public void Accesses_end_where_the_range_ends()
    {
        Map(Base, Size);
        Assert.True(_memory.TryOpen(Base, 0x10, DmaAccess.ReadWrite, out DmaHandle ring));
        Assert.True(ring.TryRead(0xc, out uint _));
        Assert.False(ring.TryRead(0xd, out uint _));
        Assert.False(ring.TryWrite(0x10, (byte)1));
        Assert.False(ring.TryRead(ulong.MaxValue, out byte _));
        Assert.True(ring.TryRead(0x10, []));
    }

    [Theory]
    [InlineData(Base - 1, 2ul)]
    [InlineData(Base + Size - 1, 2ul)]
    [InlineData(Base, 0ul)]
    [InlineData(Base, ulong.MaxValue)]
    [InlineData(ulong.MaxValue, 2ul)]
    public void A_range_that_is_not_all_mapped_is_not_opened(ulong address, ulong length)
    {
        Map(Base, Size);
        Assert.False(_memory.TryOpen(address, length, DmaAccess.Read, out DmaHandle nothing));
        Assert.False(nothing.IsValid);
        Assert.False(nothing.TryRead(0, out byte _));
    }

    [Fact]
    public void A_range_is_opened_for_what_its_mapping_allows_and_used_for_what_it_was_opened_for()
    {
        Map(Base, Size, DmaProtection.Read);
        Assert.False(_memory.TryOpen(Base, 4, DmaAccess.Write, out _));
        Assert.False(_memory.TryOpen(Base, 4, DmaAccess.ReadWrite, out _));
        Assert.True(_memory.TryOpen(Base, 4, DmaAccess.Read, out DmaHandle ring));
        Assert.False(ring.TryWrite(0, 1u));
    }

    [Fact]
    public void Memory_that_is_not_shared_is_not_opened()
    {
        Assert.Equal(Errno.None, _memory.Map(new(Base, Size, DmaProtection.Read | DmaProtection.Write, 0, null)));
        Assert.False(_memory.TryOpen(Base, 4, DmaAccess.Read, out _));
    }

    [Fact]
    public void A_range_may_go_over_mappings_that_touch_and_ends_with_any_of_them()
    {
        Map(Base, 0x1000, offset: 0x3000);
        Map(Base + 0x1000, 0x1000, offset: 0);
        Map(Base + 0x2000, 0x1000, offset: 0x1000);
        Assert.True(_memory.TryOpen(Base + 0xff0, 0x1020, DmaAccess.ReadWrite, out DmaHandle ring));
        Assert.True(ring.TryWrite(0xe, 0x04030201u));

        using (SafeFileHandle file = Open())
        {
            byte[] two = new byte[2];
            Assert.Equal(2, RandomAccess.Read(file, two, 0x3ffe));
            Assert.Equal([1, 2], two);
            Assert.Equal(2, RandomAccess.Read(file, two, 0));
            Assert.Equal([3, 4], two);
        }

        Assert.Equal(Errno.None, _memory.Unmap(Base + 0x2000, 0x1000));
        Assert.False(ring.TryRead(0, out byte _));
        Assert.False(ring.IsValid);
    }

    [Fact]
    public void A_range_that_was_unmapped_stays_so_also_when_its_addresses_are_mapped_again()
    {
        Map(Base, Size);
        Assert.True(_memory.TryOpen(Base, 4, DmaAccess.ReadWrite, out DmaHandle ring));
        Assert.True(ring.IsValid);
        Assert.Equal(Errno.None, _memory.Unmap(Base, Size));
        Map(Base, Size);
        Assert.False(ring.TryRead(0, out uint _));
        Assert.False(ring.TryWrite(0, 1u));
        Assert.True(_memory.TryOpen(Base, 4, DmaAccess.ReadWrite, out ring));
        Assert.True(ring.TryWrite(0, 1u));

        _memory.UnmapAll();
        Assert.False(ring.IsValid);
    }

    [Fact]
    public void A_file_that_the_client_has_truncated_is_a_false()
    {
        Map(Base, Size);
        Assert.True(_memory.TryOpen(Base, Size, DmaAccess.ReadWrite, out DmaHandle ring));
        using (SafeFileHandle file = Open())
            RandomAccess.SetLength(file, 0);
        Assert.False(ring.TryRead(0x1000, out uint _));
        Assert.False(ring.TryWrite(0x1000, 1u));
    }

    [Fact]
    public void An_access_allocates_nothing()
    {
        Map(Base, Size);
        Assert.True(_memory.TryOpen(Base, Size, DmaAccess.ReadWrite, out DmaHandle ring));
        Assert.True(ring.TryWrite(0, 1ul) && ring.TryRead(0, out ulong _));

        long before = GC.GetAllocatedBytesForCurrentThread();
        bool all = true;
        for (ulong i = 0; i < 1000; i++)
            all &= ring.TryWrite(i, i) && ring.TryRead(i, out ulong _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(all);
    }

    private SafeFileHandle Open() => File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

    private void Map(
        ulong address, ulong size, DmaProtection protection = DmaProtection.Read | DmaProtection.Write, ulong offset = 0) =>
        Assert.Equal(Errno.None, _memory.Map(new(address, size, protection, offset, Open())));
}
