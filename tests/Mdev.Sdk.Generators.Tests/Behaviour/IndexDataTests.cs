using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

public sealed class IndexDataTests
{
    private const ulong All = 0xffff_ffff;

    private readonly ArrayBlock _block = new() { Open = true };

    private IRegisterBlock Guest => _block;

    [Fact]
    public void The_data_register_is_the_one_that_the_index_says()
    {
        _block.Index = 2;
        Assert.True(Guest.TryReadLane(0x68, 0xffff_0000, out ulong value));
        Assert.Equal(480ul << 16, value);
        Guest.TryWriteLane(0x68, 600ul << 16, 0xffff_0000);
        Assert.Equal(600, _block.V[Vbe.Height]);
        Assert.Equal(["Height 1e0 258"], _block.Log);
        Assert.Equal("V[Height]", Guest.NameAt(0x6a, write: true));
    }

    [Fact]
    public void One_write_of_both_reaches_the_register_of_the_new_index()
    {
        Guest.TryWriteLane(0x68, 0x0320_0001, All);
        Assert.Equal(["Width 280 320"], _block.Log);
        Assert.Equal(1, _block.Index);
    }

    [Fact]
    public void An_index_past_the_end_meets_no_register()
    {
        _block.Index = 5;
        Assert.False(Guest.TryReadLane(0x68, 0xffff_0000, out _));
        Assert.False(Guest.TryWriteLane(0x68, 1, 0xffff_0000));
        Assert.False(Guest.TryPeekLane(0x68, 0xffff_0000, out _));
        Assert.Null(Guest.NameAt(0x6a, write: false));
        Assert.True(Guest.TryReadLane(0x68, All, out ulong value));
        Assert.Equal(5ul, value);
    }

    [Fact]
    public void An_index_counts_up_after_each_access_and_over_its_mask_to_zero()
    {
        Guest.TryWriteLane(0xa0, 0x1100, 0xff00);
        Guest.TryWriteLane(0xa0, 0x2200, 0xff00);
        Guest.TryWriteLane(0xa0, 0x3300, 0xff00);
        Assert.Equal((0x11, 0x22, 0x33, 1), (_block.Palette[6], _block.Palette[7], _block.Palette[0], _block.Color));
    }

    [Fact]
    public void What_reading_does_it_does_through_the_window()
    {
        _block.Palette[6] = 0x55;
        Assert.True(Guest.TryReadLane(0xa0, 0xff00, out ulong value));
        Assert.Equal((0x5500ul, (byte)0, (byte)7), (value, _block.Palette[6], _block.Color));
    }

    [Fact]
    public void A_closed_gate_keeps_the_register_and_the_index_counts()
    {
        _block.Open = false;
        Assert.True(Guest.TryWriteLane(0xa0, 0x1100, 0xff00));
        Assert.Equal((0, 7), (_block.Palette[6], _block.Color));
    }

    [Fact]
    public void A_look_and_a_store_from_outside_reach_the_register_and_do_not_count()
    {
        Assert.True(Guest.TryPokeLane(0xa0, 0x6600, 0xff00));
        Assert.True(Guest.TryPeekLane(0xa0, 0xff00, out ulong value));
        Assert.Equal((0x6600ul, (byte)0x66, (byte)6), (value, _block.Palette[6], _block.Color));
        Assert.Equal("Palette[6]", Guest.NameAt(0xa1, write: false));
    }

    [Fact]
    public void One_offset_has_an_index_to_read_and_another_to_write()
    {
        (_block.Color, _block.Last) = (1, 2);
        _block.TwoIndexes[1] = 0x77;
        Guest.TryWriteLane(0xa0, 0x88_0000, 0xff_0000);
        Assert.True(Guest.TryReadLane(0xa0, 0xff_0000, out ulong value));
        Assert.Equal((0x77_0000ul, (byte)0x88), (value, _block.TwoIndexes[2]));
    }

    [Fact]
    public void Each_register_behind_an_index_has_its_own_lock()
    {
        _block.Color = 0;
        Guest.TryWriteLane(0xa0, 0x1100_0000, 0xff00_0000);
        Guest.TryWriteLane(0xa0, 0x2200_0000, 0xff00_0000);
        _block.Color = 1;
        Guest.TryWriteLane(0xa0, 0x3300_0000, 0xff00_0000);
        Assert.Equal((0x11, 0x33), (_block.Locked[0], _block.Locked[1]));
    }

    [Fact]
    public void An_index_reaches_the_registers_of_inner_blocks_lane_by_lane()
    {
        _block.Select = 2;
        Assert.True(Guest.TryWriteLane(0xb4, 0x1234, All));
        Assert.True(Guest.TryWriteLane(0xb4, 0x5678, All));
        Assert.Equal((0x1234u, 0x5678, 4u), (_block.Pairs[1].Source, _block.Pairs[1].Length, _block.Select));
        Assert.False(Guest.TryWriteLane(0xb4, 1, All));
        Assert.Equal(4u, _block.Select);
    }

    [Fact]
    public void An_index_of_bytes_reaches_the_lane_that_the_byte_lies_in()
    {
        _block.Pairs[1].Length = 0x4321;
        _block.Select = 14;
        Assert.True(Guest.TryReadLane(0xb8, All, out ulong value));
        Assert.Equal(0x4321ul, value);
        Assert.Equal("Pairs[1].Length", Guest.NameAt(0xb9, write: false));
        _block.Select = uint.MaxValue;
        Assert.False(Guest.TryReadLane(0xb8, All, out _));
        Assert.Null(Guest.NameAt(0xb8, write: false));
    }
}
