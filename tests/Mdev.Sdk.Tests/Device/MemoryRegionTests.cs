using Mdev.Sdk.Device;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Tests.Device;

public sealed class MemoryRegionTests
{
    private const int Page = 4096;

    [Fact]
    public void Memory_is_read_and_written_at_any_width_and_alignment()
    {
        MemoryRegion memory = new(Page);
        using ScratchDevice device = With(memory);
        byte[] bytes = [.. Enumerable.Range(1, 37).Select(i => (byte)i)];
        device.Write(2, 3, bytes);
        Assert.Equal(bytes, device.Read(2, 3, 37));
        Assert.Equal(bytes, memory.Slice(3, 37).ToArray());
        Assert.Equal(0x0403_0201u, memory.At<uint>(3));
        Assert.Equal(2, memory.Traps);
    }

    [Fact]
    public void A_look_from_outside_is_no_access()
    {
        MemoryRegion memory = new(Page);
        using ScratchDevice device = With(memory);
        Assert.True(device.Poke(2, 1, [5]));
        Span<byte> seen = stackalloc byte[2];
        Assert.True(device.Peek(2, 0, seen));
        Assert.Equal([0, 5], seen.ToArray());
        Assert.Equal(0, memory.Traps);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(Page, 1)]
    [InlineData(Page - 1, 2)]
    [InlineData(0, Page + 1)]
    [InlineData(0, -1)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MinValue, int.MaxValue)]
    public void Device_code_cannot_leave_the_memory(long offset, int length)
    {
        MemoryRegion memory = new(Page);
        using ScratchDevice device = With(memory);
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Slice(offset, length).Length);
    }

    [Fact]
    public void Memory_is_there_from_the_first_reset_until_the_device_is_disposed()
    {
        MemoryRegion memory = new(Page);
        Assert.Throws<InvalidOperationException>(() => memory.At<int>(0));
        using (ScratchDevice device = With(memory))
            memory.At<int>(0) = 1;
        Assert.Throws<ObjectDisposedException>(() => memory.At<int>(0));
    }

    [Fact]
    public void Memory_of_many_gigabytes_takes_only_what_is_touched()
    {
        MemoryRegion memory = new(1L << 36);
        using ScratchDevice device = new(more: (pci, _) => pci.Bar(2, BarKind.Memory64, memory));
        memory.At<ulong>((1L << 36) - 8) = 42;
        Assert.Equal([42, 0], device.Read(2, (1UL << 36) - 8, 2));
        memory.Clear();
        Assert.Equal(0ul, memory.At<ulong>((1L << 36) - 8));

        // The BAR's address has 28 bits left: 64 less those of the size.
        device.WriteConfig(0x18, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
        Assert.Equal([0x04, 0, 0, 0, 0xf0, 0xff, 0xff, 0xff], device.Config(0x18, 8));
    }

    [Fact]
    public void Memory_for_mapping_is_whole_pages_at_whole_pages()
    {
        InvalidOperationException length = Assert.Throws<InvalidOperationException>(() => With(new(Page + 4)));
        Assert.Contains("Mapped = false", length.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => With(new(Page), new(2, BarKind.Memory32) { Offset = 0x10 }));
        With(new(5), new(2, BarKind.Memory32) { Offset = 0x11, Mapped = false }).Dispose();
        With(new(5), new(2, BarKind.Io)).Dispose();
    }

    [Fact]
    public void Parts_that_share_bytes_or_do_not_agree_or_do_not_fit_are_refused()
    {
        BarAttribute bar = new(2, BarKind.Memory32);
        Assert.Throws<InvalidOperationException>(() => new ScratchDevice(more: (pci, _) =>
            pci.Bar(new MemoryRegion(2 * Page), bar).Bar(new MemoryRegion(Page), new BarAttribute(2, BarKind.Memory32) { Offset = Page })));
        Assert.Throws<InvalidOperationException>(() => new ScratchDevice(more: (pci, _) =>
            pci.Bar(new MemoryRegion(Page), bar).Bar(new MemoryRegion(Page), new BarAttribute(2, BarKind.Memory64) { Offset = Page })));
        Assert.Throws<InvalidOperationException>(() => With(new(3L << 30)));
        Assert.Throws<InvalidOperationException>(() => With(new(512), new(2, BarKind.Io)));
        MemoryRegion twice = new(Page);
        Assert.Throws<InvalidOperationException>(() => new ScratchDevice(more: (pci, _) =>
            pci.Bar(twice, bar).Bar(twice, new BarAttribute(2, BarKind.Memory32) { Offset = Page })));
    }

    [Fact]
    public void A_bar_without_any_of_its_parts_is_none_and_one_of_a_size_has_it()
    {
        using ScratchDevice device = new(more: (pci, _) => pci
            .Bar((MemoryRegion?)null, new BarAttribute(2, BarKind.Memory32) { Size = 0x1000 })
            .Bar(new ScratchBlock(16), new BarAttribute(3, BarKind.Memory32) { Offset = 0x20, Size = 0x1000 }));
        Assert.Equal(0ul, device.RegionSize(2));
        Assert.Equal(0x1000ul, device.RegionSize(3));
        Assert.Equal([0, 0], device.Read(3, 0x1e, 2));
    }

    [Fact]
    public void One_way_regions_drop_what_goes_the_other_way()
    {
        MemoryRegion status = new(16), commands = new(16);
        using ScratchDevice device = new(more: (pci, _) => pci
            .Region(status, new RegionAttribute(9) { ReadOnly = true, Mapped = false })
            .Region(commands, new RegionAttribute(10) { WriteOnly = true, Mapped = false }));
        status.At<byte>(0) = 7;
        device.Write(9, 0, 1);
        device.Write(10, 0, 1);
        Assert.Equal([7], device.Read(9, 0, 1));
        Assert.Equal([0], device.Read(10, 0, 1));
        Assert.Equal(1, commands.At<byte>(0));
    }

    [Fact]
    public void A_device_specific_region_cannot_take_a_number_of_PCIs() =>
        Assert.Throws<InvalidOperationException>(() => new ScratchDevice(more: (pci, _) =>
            pci.Region(new ScratchBlock(16), new RegionAttribute(8))));

    [Fact]
    public void A_cold_reset_clears_and_a_warm_one_only_what_asks_for_it()
    {
        MemoryRegion kept = new(Page), cleared = new(Page) { ClearOnReset = true };
        using ScratchDevice device = new(more: (pci, _) => pci
            .Bar(kept, new BarAttribute(2, BarKind.Memory32))
            .Bar(cleared, new BarAttribute(3, BarKind.Memory32) { Mapped = false }));
        kept.At<byte>(1) = cleared.At<byte>(1) = 9;
        device.Reset(ResetKind.Warm);
        Assert.Equal((9, 0), (kept.At<byte>(1), cleared.At<byte>(1)));
        device.Reset(ResetKind.Cold);
        Assert.Equal(0, kept.At<byte>(1));
    }

    [Fact]
    public void What_a_reset_handler_puts_into_memory_is_there_after_the_reset()
    {
        MemoryRegion memory = new(Page);
        using ScratchDevice device = new(new FillingBlock(memory), (pci, _) => pci.Bar(2, BarKind.Memory32, memory));
        Assert.Equal(0x5a, memory.At<byte>(0));
        memory.At<ushort>(0) = 0;
        device.Reset(ResetKind.Cold);
        Assert.Equal(0x5a, memory.At<ushort>(0));
    }

    private sealed class FillingBlock(MemoryRegion memory) : IRegisterBlock
    {
        public RegisterBlockInfo Info { get; } = new("Filling", 4);

        public bool TryReadLane(uint offset, ulong enabled, out ulong value) => (value = 0) == 0;

        public bool TryWriteLane(uint offset, ulong value, ulong enabled) => false;

        public string? NameAt(uint offset, bool write) => null;

        public void Reset(ResetKind kind) => memory.At<byte>(0) = 0x5a;
    }

    private static ScratchDevice With(MemoryRegion memory, BarAttribute? bar = null) =>
        new(more: (pci, _) => pci.Bar(memory, bar ?? new BarAttribute(2, BarKind.Memory32)));
}
