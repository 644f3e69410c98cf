using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

public sealed class CrowdedTests
{
    private const ulong All = 0xffff_ffff;

    private readonly CrowdedBlock _block = new();

    private IRegisterBlock Guest => _block;

    [Fact]
    public void A_wide_register_is_read_where_arrays_are_written()
    {
        _block.Count = 0x0000_0001_ffff_ffff;
        Assert.Equal(0xffff_fffful, Read(0x00));
        _block.Count++;
        Assert.Equal(1ul, Read(0x04));

        Assert.True(Guest.TryWriteLane(0x00, 0x4433_2211, 0xffff_ff00));
        Assert.True(Guest.TryWriteLane(0x04, 5, All));
        Assert.Equal([0, 0x22, 0x33, 0x44], _block.Commands.AsSpan().ToArray());
        Assert.Equal((0x0000_0002_0000_0000ul, 5u), (_block.Count, _block.Doorbell));
    }

    [Fact]
    public void A_wide_register_is_written_where_an_array_is_read()
    {
        (_block.States[0], _block.States[1]) = (0x1111, 0x2222);
        Assert.True(Guest.TryWriteLane(0x20, 7, All));
        Assert.Equal(0ul, _block.Address);
        Assert.True(Guest.TryWriteLane(0x24, 8, All));
        Assert.Equal((0x0000_0008_0000_0007ul, 0x2222_1111ul), (_block.Address, Read(0x24)));
        Assert.False(Guest.TryReadLane(0x20, All, out _));
    }

    [Fact]
    public void A_store_from_outside_reaches_both_directions_in_each_lane()
    {
        foreach (uint offset in (uint[])[0x00, 0x04, 0x10, 0x14])
            Assert.True(Guest.TryPokeLane(offset, 0x0100_0000 + offset, All));
        Assert.Equal((0x0100_0004_0100_0000ul, 0x0100_0004u, 1), (_block.Count, _block.Doorbell, _block.Commands[3]));
        Assert.Equal((0x0100_0014_0100_0010ul, 0x0100_0010u, 0x0014, 0x0100), (_block.Time, _block.Alarms[0], _block.Periods[0], _block.Periods[1]));
    }

    // The write met the register: what it is dropped for is its width.
    [Fact]
    public void An_index_counts_up_after_a_partial_write_that_is_dropped()
    {
        Assert.True(Guest.TryWriteLane(0x2c, 1, 0xffff));
        Assert.True(Guest.TryWriteLane(0x2c, 2, All));
        Assert.Equal([0u, 2u, 0u, 0u], _block.Table.AsSpan().ToArray());
        Assert.Equal(2u, _block.Index);
    }

    [Fact]
    public void A_register_that_nobody_reaches_has_no_name_and_stands_in_no_ones_way()
    {
        Assert.True(Guest.TryWriteLane(0x30, 9, All));
        Assert.Equal((9u, "Command", null), (_block.Command, Guest.NameAt(0x30, write: true), Guest.NameAt(0x30, write: false)));
    }

    private ulong Read(uint offset)
    {
        Assert.True(Guest.TryReadLane(offset, All, out ulong value));
        return value;
    }
}
