using Mdev.Sdk.Device;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Tests.Device;

public sealed class DoorbellAreaTests
{
    private readonly List<(int Index, ulong Value)> _rung = [];

    [Fact]
    public void A_ring_by_an_access_stores_and_runs_the_handler_with_the_whole_value()
    {
        using ScratchDevice device = With(new(count: 4, stride: 4, rung: Ring));
        device.Write(2, 4, 0x78, 0x56, 0x34, 0x12);
        device.Write(2, 5, 0xff);

        Assert.Equal([(1, 0x12345678), (1, 0x1234ff78)], _rung);
        Assert.Equal([0x78, 0xff, 0x34, 0x12], device.Read(2, 4, 4));
    }

    [Fact]
    public void An_access_over_several_rings_each_in_order()
    {
        using ScratchDevice device = With(new(count: 4, stride: 2, AccessWidth.Word, Ring));
        device.Write(2, 1, 1, 2, 3, 4, 5, 6, 7, 8);
        Assert.Equal([(0, 0x0100), (1, 0x0302), (2, 0x0504), (3, 0x0706)], _rung);
    }

    [Fact]
    public void Bytes_between_and_behind_doorbells_ring_nothing()
    {
        using ScratchDevice device = With(new(count: 2, stride: 16, AccessWidth.Qword, Ring), mapped: true);
        device.Write(2, 8, 1, 2, 3, 4, 5, 6, 7, 8);
        device.Write(2, 4088, 1);
        Assert.Empty(_rung);

        device.Write(2, 15, 1, 2);
        Assert.Equal([(1, 2ul)], _rung);
    }

    [Fact]
    public void What_changed_without_a_call_is_taken_once_and_every_doorbell_has_its_turn()
    {
        DoorbellArea doorbells = new(count: 3, stride: 4, rung: Ring);
        using ScratchDevice device = With(doorbells, mapped: true);

        // As a client's mapping does: no access comes by.
        device.Poke(2, 8, [9, 0, 0, 0]);
        device.Poke(2, 0, [7, 0, 0, 0]);

        Assert.True(doorbells.TryTake(out int index, out ulong value));
        Assert.Equal((0, 7ul), (index, value));
        device.Poke(2, 0, [8, 0, 0, 0]);
        Assert.True(doorbells.TryTake(out index, out value));
        Assert.Equal((2, 9ul), (index, value));
        Assert.True(doorbells.TryTake(out index, out value));
        Assert.Equal((0, 8ul), (index, value));
        Assert.False(doorbells.TryTake(out _, out _));
        Assert.Empty(_rung);
    }

    [Fact]
    public void What_an_access_has_rung_is_not_taken_again()
    {
        DoorbellArea doorbells = new(count: 2, stride: 4, rung: Ring);
        using ScratchDevice device = With(doorbells);
        device.Write(2, 0, 1, 0, 0, 0);
        Assert.Single(_rung);
        Assert.False(doorbells.TryTake(out _, out _));
        Assert.Equal(1ul, doorbells[0]);
    }

    [Fact]
    public void A_reset_makes_them_zero_and_rings_nothing()
    {
        DoorbellArea doorbells = new(count: 2, stride: 4, rung: Ring);
        using ScratchDevice device = With(doorbells, mapped: true);
        device.Poke(2, 0, [7]);
        device.Reset();
        Assert.Equal(0ul, doorbells[0]);
        Assert.False(doorbells.TryTake(out _, out _));
        Assert.Empty(_rung);
    }

    [Fact]
    public void A_handler_that_throws_is_counted_and_the_value_stays()
    {
        DoorbellArea doorbells = new(count: 2, stride: 4, rung: (_, _) => throw new InvalidOperationException("A mistake."));
        using ScratchDevice device = With(doorbells);
        device.Write(2, 0, 3, 0, 0, 0);
        Assert.Equal(1, device.Counters.Faults);
        Assert.Equal(3ul, doorbells[0]);
    }

    [Theory]
    [InlineData(0, 4, AccessWidth.Dword)]
    [InlineData(1, 0, AccessWidth.Dword)]
    [InlineData(1, 2, AccessWidth.Dword)]
    [InlineData(1, 6, AccessWidth.Dword)]
    [InlineData(1, 4, (AccessWidth)3)]
    public void Doorbells_that_could_not_be_rung_are_refused(int count, int stride, AccessWidth width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DoorbellArea(count, stride, width));

    private static ScratchDevice With(DoorbellArea doorbells, bool mapped = false) =>
        new(more: (pci, _) => pci.Bar(doorbells, new BarAttribute(2, BarKind.Memory32) { Mapped = mapped }));

    private void Ring(int index, ulong value) => _rung.Add((index, value));
}
