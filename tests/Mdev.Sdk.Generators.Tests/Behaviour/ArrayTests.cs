using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

public sealed class ArrayTests
{
    private const ulong All = 0xffff_ffff;

    private readonly ArrayBlock _block = new();

    private IRegisterBlock Guest => _block;

    [Fact]
    public void An_array_is_asked_by_name_or_by_number()
    {
        _block.V[Vbe.Width] = 800;
        Assert.Equal(800, _block.V[1]);
        Assert.Equal(5, _block.V.Length);
        Assert.Equal(800, _block.V.AsSpan()[1]);
        Assert.Throws<IndexOutOfRangeException>(() => _block.V[(Vbe)5]);
    }

    [Fact]
    public void A_negative_name_is_no_register()
    {
        var array = new RegisterArray<DayOfWeek, byte>(7);
        array[DayOfWeek.Saturday] = 1;
        Assert.Throws<IndexOutOfRangeException>(() => array[(DayOfWeek)(-1)]);
        Assert.Equal(1, array[6]);
    }

    [Fact]
    public void A_handler_and_the_trace_are_told_the_name_or_the_number_where_there_is_none()
    {
        Guest.TryWriteLane(0x00, 0x0320_0001, All);
        Guest.TryWriteLane(0x08, 9, All);
        Assert.Equal(["Id b0c5 1", "Width 280 320", "4 7 9"], _block.Log);
        Assert.Equal(["V[Id]", "V[Width]", "V[4]"], new uint[] { 0, 3, 8 }.Select(at => Guest.NameAt(at, write: false)));
    }

    [Fact]
    public void Each_register_starts_with_and_returns_to_its_own_reset_value()
    {
        Assert.Equal([0xb0c5, 640, 480, 0, 7], _block.V.AsSpan().ToArray());
        _block.V.AsSpan().Fill(1);
        Guest.Reset(ResetKind.Warm);
        Assert.Equal([0xb0c5, 640, 480, 0, 7], _block.V.AsSpan().ToArray());
    }

    [Fact]
    public void Another_address_sets_or_clears_bits_of_the_same_registers()
    {
        Assert.True(Guest.TryWriteLane(0x24, 0x0f, All));
        Assert.Equal(0xffu, _block.Pins[1]);
        Assert.True(Guest.TryWriteLane(0x40, 0x30, All));
        Assert.Equal(0xc0u, _block.Pins[2]);
        Assert.Equal(["pin 1 ff", "pin 2 c0"], _block.Log);
        Assert.Equal(("Set[1]", "Pins[2]"), (Guest.NameAt(0x24, write: true), Guest.NameAt(0x40, write: true)));
    }

    [Fact]
    public void A_store_from_outside_reaches_an_array_at_its_own_address_only()
    {
        Assert.True(Guest.TryPokeLane(0x14, 1, All));
        Assert.False(Guest.TryPokeLane(0x24, 2, All));
        Assert.Equal(1u, _block.Pins[1]);
        Assert.Empty(_block.Log);
    }

    [Fact]
    public void Banks_of_arrays_share_bytes_and_one_is_there()
    {
        Assert.False(Guest.TryWriteLane(0x74, 1, All));
        Assert.Null(Guest.NameAt(0x74, write: false));
        _block.Page = 1;
        Guest.TryWriteLane(0x74, 0x0002_0001, All);
        _block.Page = 2;
        Guest.TryWriteLane(0x74, 0x0004_0003, All);
        Assert.Equal((0x0002_0001u, 3, 4), (_block.First[1], _block.Second[2], _block.Second[3]));
        Assert.Equal("Second[3]", Guest.NameAt(0x76, write: false));
    }

    [Fact]
    public void Arrays_and_a_register_share_a_lane_byte_by_byte()
    {
        Guest.TryWriteLane(0x84, 0x4433_2211, All);
        Assert.Equal((0x11, 0x22, 0x33, 0x44), (_block.Even[2], _block.Odd[2], _block.Last, _block.Odd[3]));
        Guest.TryWriteLane(0x84, 0, 0x00ff_0000);
        Assert.True(Guest.TryReadLane(0x84, All, out ulong value));
        Assert.Equal(0x4400_2211ul, value);
        Assert.Equal(["Even[2]", "Odd[2]", "Last", "Odd[3]"], Enumerable.Range(0x84, 4).Select(at => Guest.NameAt((uint)at, write: true)));
    }

    [Fact]
    public void A_stride_need_not_suit_the_bus()
    {
        for (int i = 0; i < 6; i++)
            _block.Thirds[i] = (byte)(i + 1);
        ulong[] lanes = [.. new uint[] { 0x90, 0x94, 0x98, 0x9c }.Select(at => Guest.TryReadLane(at, All, out ulong value) ? value : 0)];
        Assert.Equal([0x0200_0001ul, 0x0003_0000ul, 0x0000_0400ul, 0x0600_0005ul], lanes);
        Assert.False(Guest.TryReadLane(0x90, 0x0000_ff00, out _));
    }

    [Fact]
    public void An_inner_block_and_an_array_share_lanes_if_one_of_them_is_there()
    {
        Guest.TryWriteLane(0xc0, 1, All);
        _block.Open = true;
        Guest.TryWriteLane(0xc0, 2, All);
        Assert.Equal((1u, 2u), (_block.Shown[0], _block.Hidden.Source));
        Assert.Equal("Hidden.Source", Guest.NameAt(0xc0, write: true));
    }
}
