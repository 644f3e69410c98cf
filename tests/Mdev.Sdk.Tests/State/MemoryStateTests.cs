using Mdev.Sdk.Device;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Registers;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Tests.State;

public sealed class MemoryStateTests
{
    private const int Page = 4096;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Memory_comes_back_and_what_it_held_otherwise_is_zero_again(bool mapped)
    {
        MemoryRegion memory = new(5 * Page), other = new(5 * Page);
        using ScratchDevice one = With(memory, mapped), two = With(other, mapped);
        memory.At<uint>(Page + 8) = 0x1122_3344;
        memory.At<byte>((5 * Page) - 1) = 9;
        other.Slice(0, 5 * Page).Fill(0xff);

        SavedForm.Load(two, SavedForm.Save(one));
        Assert.Equal(memory.Slice(0, 5 * Page).ToArray(), other.Slice(0, 5 * Page).ToArray());
        Assert.Equal((0x1122_3344u, 9), (other.At<uint>(Page + 8), other.At<byte>((5 * Page) - 1)));
    }

    [Fact]
    public void The_last_page_need_not_be_whole()
    {
        MemoryRegion memory = new(Page + 5), other = new(Page + 5);
        using ScratchDevice one = With(memory, mapped: false), two = With(other, mapped: false);
        memory.At<byte>(Page + 4) = 7;
        SavedForm.Load(two, SavedForm.Save(one));
        Assert.Equal([0, 0, 0, 0, 7], other.Slice(Page, 5).ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_large_memory_that_nobody_touched_next_to_nothing_is_saved(bool mapped)
    {
        MemoryRegion memory = new(256 << 20), other = new(256 << 20);
        using ScratchDevice one = With(memory, mapped), two = With(other, mapped);
        memory.At<byte>(200 << 20) = 1;
        byte[] state = SavedForm.Save(one);
        Assert.InRange(state.Length, Page, 2 * Page);
        SavedForm.Load(two, state);
        Assert.Equal(1, other.At<byte>(200 << 20));
    }

    [Fact]
    public void Two_memories_that_share_a_file_keep_their_own()
    {
        MemoryRegion[] memories = [new(2 * Page), new(Page), new(2 * Page), new(Page)];
        using ScratchDevice one = WithTwo(memories[0], memories[1]), two = WithTwo(memories[2], memories[3]);
        memories[0].At<byte>(Page) = 1;
        memories[1].At<byte>(1) = 2;
        SavedForm.Load(two, SavedForm.Save(one));
        Assert.Equal((1, 2), (memories[2].At<byte>(Page), memories[3].At<byte>(1)));

        static ScratchDevice WithTwo(MemoryRegion first, MemoryRegion second) => new(more: (pci, _) => pci
            .Bar(first, new BarAttribute(2, BarKind.Memory32))
            .Bar(second, new BarAttribute(2, BarKind.Memory32) { Offset = 4 * Page }));
    }

    [Fact]
    public void A_page_outside_or_out_of_order_and_memory_of_another_size_are_refused()
    {
        MemoryRegion memory = new(4 * Page);
        using ScratchDevice one = With(memory, mapped: true), larger = With(new MemoryRegion(8 * Page), mapped: true);
        Assert.Contains("16384", SavedForm.Refused(larger, SavedForm.Save(one)), StringComparison.Ordinal);

        (memory.At<byte>(Page), memory.At<byte>(3 * Page)) = (0x5a, 0xa5);
        byte[] state = SavedForm.Save(one);
        int first = state.AsSpan().IndexOf((byte)0x5a) - sizeof(uint);
        foreach ((int at, byte value) in (ReadOnlySpan<(int, byte)>)[(first, 4), (first, 3), (first, 200), (first + 4 + Page, 1), (first + 4 + Page, 0)])
            Assert.Contains("page", SavedForm.Refused(one, SavedForm.With(state, at, value)), StringComparison.Ordinal);
        Assert.Equal(0xa5, memory.At<byte>(3 * Page));
    }

    [Fact]
    public void Memory_that_clients_only_read_is_saved_as_well()
    {
        MemoryRegion memory = new(Page), other = new(Page);
        using ScratchDevice one = OneWay(memory), two = OneWay(other);
        memory.At<byte>(3) = 4;
        SavedForm.Load(two, SavedForm.Save(one));
        Assert.Equal(4, other.At<byte>(3));

        static ScratchDevice OneWay(MemoryRegion memory) =>
            new(more: (pci, _) => pci.Region(memory, new RegionAttribute(9) { ReadOnly = true }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_doorbell_that_was_rung_is_still_to_be_taken_and_one_that_was_taken_is_not(bool mapped)
    {
        DoorbellArea doorbells = new(3, 8, AccessWidth.Word), other = new(3, 8, AccessWidth.Word);
        using ScratchDevice one = With(doorbells, mapped), two = With(other, mapped);
        one.Poke(2, 0, [1, 0]);
        Assert.True(doorbells.TryTake(out _, out _));
        one.Poke(2, 0, [0, 0]);
        one.Poke(2, 8, [2, 0]);
        one.Poke(2, 16, [3, 0]);
        Assert.True(doorbells.TryTake(out int taken, out _));
        two.Poke(2, 0, [0xff, 0xff]);
        Assert.True(other.TryTake(out _, out _));

        SavedForm.Load(two, SavedForm.Save(one));
        Assert.Equal(1, taken);
        Assert.True(other.TryTake(out int index, out ulong value));
        Assert.Equal((2, 3ul), (index, value));
        Assert.True(other.TryTake(out index, out value));
        Assert.Equal((0, 0ul), (index, value));
        Assert.False(other.TryTake(out _, out _));
    }

    [Fact]
    public void A_doorbell_that_is_not_there_is_refused()
    {
        DoorbellArea doorbells = new(3, 4);
        using ScratchDevice device = With(doorbells, mapped: false);
        byte[] before = SavedForm.Save(device);
        device.Write(2, 4, 0x77);
        byte[] state = SavedForm.Save(device);

        // Behind its page: the end of the pages, the next one to look at, and the index in front of what was seen.
        int seen = state.AsSpan().LastIndexOf((byte)0x77);
        foreach ((int at, byte value) in (ReadOnlySpan<(int, byte)>)[(seen - 4, 3), (seen - 4, 0xfe), (seen - 8, 3), (seen - 5, 1)])
            Assert.Contains("doorbell", SavedForm.Refused(device, SavedForm.With(state, at, value)), StringComparison.Ordinal);
        SavedForm.Load(device, before);
        Assert.Equal(before, SavedForm.Save(device));
    }

    [Fact]
    public void What_no_saved_state_can_hold_is_said_when_it_is_saved()
    {
        var writer = new StateWriter(most: 10_000);
        for (int i = 0; i < 10; i++)
            writer.Write(new byte[1000]);
        Assert.Contains("2 GiB", Assert.Throws<InvalidOperationException>(() => writer.Write(1, 0)).Message, StringComparison.Ordinal);
    }

    private static ScratchDevice With(DeviceMemory memory, bool mapped) =>
        new(more: (pci, _) => pci.Bar(memory, new BarAttribute(2, BarKind.Memory64) { Mapped = mapped }));
}
