using Mdev.Sdk.Dma;
using Mdev.Sdk.Testing;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Tests.Dma;

public sealed class GuestMemoryTests : IDisposable
{
    private const DmaProtection ReadWrite = DmaProtection.Read | DmaProtection.Write;

    private readonly GuestMemory _memory = new();
    private readonly SharedMemory _file = new(0x4000);

    public void Dispose()
    {
        _memory.UnmapAll();
        _file.Dispose();
    }

    [Fact]
    public void What_the_device_writes_the_guest_reads_and_the_other_way_round()
    {
        Map(0x10000, 0x2000, offset: 0x1000);
        Assert.True(_memory.TryWrite(0x10ffe, [1, 2, 3, 4]));
        Assert.Equal([1, 2, 3, 4], _file.Read(0x1ffe, 4));

        byte[] bytes = new byte[4];
        Assert.True(_memory.TryRead(0x10ffe, bytes));
        Assert.Equal([1, 2, 3, 4], bytes);
    }

    [Fact]
    public void A_copy_crosses_mappings_that_touch()
    {
        Map(0x10000, 0x1000, offset: 0x3000);
        Map(0x11000, 0x1000, offset: 0x0000);
        Assert.True(_memory.TryWrite(0x10ffe, [1, 2, 3, 4]));
        Assert.Equal([1, 2], _file.Read(0x3ffe, 2));
        Assert.Equal([3, 4], _file.Read(0x0000, 2));
    }

    [Theory]
    [InlineData(0x0ffff, 1)]
    [InlineData(0x12000, 1)]
    [InlineData(0x11fff, 2)]
    [InlineData(0x0ffff, 2)]
    public void A_copy_outside_of_what_is_mapped_is_a_false(ulong address, int count)
    {
        Map(0x10000, 0x2000);
        Assert.False(_memory.TryRead(address, new byte[count]));
        Assert.False(_memory.TryWrite(address, new byte[count]));
    }

    [Fact]
    public void Protection_is_kept()
    {
        Map(0x10000, 0x1000, protection: DmaProtection.Read);
        Assert.True(_memory.TryRead(0x10000, new byte[1]));
        Assert.False(_memory.TryWrite(0x10000, new byte[1]));
        Map(0x20000, 0x1000, protection: DmaProtection.Write);
        Assert.False(_memory.TryRead(0x20000, new byte[1]));
        Assert.True(_memory.TryWrite(0x20000, new byte[1]));
    }

    [Fact]
    public void A_file_that_the_client_has_truncated_is_a_false_and_stays_as_it_is()
    {
        Map(0x10000, 0x2000);
        _file.Resize(0x1000);
        Assert.True(_memory.TryRead(0x10fff, new byte[1]));
        Assert.False(_memory.TryRead(0x10fff, new byte[2]));
        Assert.False(_memory.TryWrite(0x11000, new byte[1]));
        Assert.Empty(_file.Read(0x1000, 1));
    }

    [Fact]
    public void Memory_that_was_not_shared_cannot_be_reached()
    {
        Assert.Equal(Errno.None, _memory.Map(new DmaMapping(0x10000, 0x1000, ReadWrite, 0, file: null)));
        Assert.False(_memory.TryRead(0x10000, new byte[1]));
    }

    [Theory]
    [InlineData(0x10000, 0x1000)]
    [InlineData(0x0f000, 0x1001)]
    [InlineData(0x11fff, 0x1000)]
    [InlineData(0x00000, 0x100000)]
    public void Overlapping_mappings_are_refused(ulong address, ulong size)
    {
        Map(0x10000, 0x2000);
        using SafeFileHandle copy = Copy();
        Assert.Equal(Errno.EEXIST, _memory.Map(new DmaMapping(address, size, ReadWrite, 0, copy)));
    }

    [Fact]
    public void The_same_mapping_once_more_is_accepted()
    {
        Map(0x10000, 0x2000);
        Map(0x10000, 0x2000);
        Assert.Equal(Errno.None, _memory.Unmap(0x10000, 0x2000));
        Assert.Equal(Errno.ENOENT, _memory.Unmap(0x10000, 0x2000));
    }

    [Theory]
    [InlineData(0x10000, 0x1000)]
    [InlineData(0x11000, 0x1000)]
    [InlineData(0x10000, 0x3000)]
    [InlineData(0x40000, 0x1000)]
    public void Unmapping_takes_exactly_what_was_mapped(ulong address, ulong size)
    {
        Map(0x10000, 0x2000);
        Assert.Equal(Errno.ENOENT, _memory.Unmap(address, size));
        Assert.True(_memory.TryRead(0x10000, new byte[1]));
    }

    [Fact]
    public void The_end_of_the_address_space_can_be_mapped()
    {
        Map(ulong.MaxValue - 0xfff, 0x1000);
        Assert.True(_memory.TryWrite(ulong.MaxValue, [7]));
        Assert.False(_memory.TryWrite(ulong.MaxValue, [7, 8]));
    }

    [Fact]
    public void The_address_space_has_an_end_and_no_way_round()
    {
        Map(ulong.MaxValue - 0xfff, 0x1000);
        Map(0, 0x1000, offset: 0x1000);
        Assert.False(_memory.TryRead(ulong.MaxValue, new byte[2]));
        Assert.False(_memory.TryWrite(ulong.MaxValue, new byte[2]));
        Assert.False(_memory.TryMap([new(ulong.MaxValue, 2)], 8, out ReadOnlyGuestSpans _));
        Assert.False(_memory.TryGather([new(ulong.MaxValue, 2)], new byte[2], out int _));
        Assert.False(_memory.TryScatter([new(ulong.MaxValue, 2)], new byte[2]));
        Assert.False(_memory.TryOpen(ulong.MaxValue, 2, DmaAccess.Read, out DmaHandle _));
    }

    [Fact]
    public void A_write_over_several_mappings_is_done_as_a_whole_or_not_at_all()
    {
        Map(0x10000, 0x1000);
        Map(0x11000, 0x1000, offset: 0x1000, protection: DmaProtection.Read);
        Assert.False(_memory.TryWrite(0x10ffe, [1, 2, 3, 4]));
        Assert.Equal([0, 0], _file.Read(0xffe, 2));
    }

    private void Map(ulong address, ulong size, ulong offset = 0, DmaProtection protection = ReadWrite) =>
        Assert.Equal(Errno.None, _memory.Map(new DmaMapping(address, size, protection, offset, Copy())));

    private SafeFileHandle Copy() => Handles.Duplicate(_file.Handle);
}
