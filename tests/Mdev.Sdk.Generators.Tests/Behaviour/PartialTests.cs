using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

public sealed class PartialTests
{
    private const ulong All = 0xffff_ffff;

    private readonly WholeBlock _whole = new();
    private readonly DeafBlock _deaf = new();

    private IRegisterBlock Whole => _whole;

    private IRegisterBlock Deaf => _deaf;

    [Fact]
    public void A_rejected_access_meets_no_register_in_either_direction()
    {
        _whole.Wide = 0x1122_3344;
        Assert.False(Whole.TryReadLane(0x00, 0xffff, out _));
        Assert.False(Whole.TryWriteLane(0x00, 0, 0xff00_ffff));
        Assert.False(Whole.TryWriteLane(0x1c, 1, 0xff));
        Assert.Equal((0x1122_3344u, 0), (_whole.Wide, _whole.Runs));
        Assert.True(Whole.TryReadLane(0x00, All, out ulong value));
        Assert.True(Whole.TryWriteLane(0x1c, 1, All));
        Assert.Equal((0x1122_3344ul, 0u, 1), (value, _whole.Wide, _whole.Runs));
    }

    [Fact]
    public void Each_register_of_a_lane_is_asked_by_itself()
    {
        (_whole.Half, _whole.First, _whole.Second) = (0x1122, 0x33, 0x44);
        Assert.True(Whole.TryReadLane(0x04, 0x00ff_ff00, out ulong value));
        Assert.Equal(0x0033_0000ul, value);
        Assert.True(Whole.TryWriteLane(0x04, 0x5566_7788, 0xffff_ff00));
        Assert.Equal((0x1122, 0x66, 0x55), (_whole.Half, _whole.First, _whole.Second));
        Assert.False(Whole.TryWriteLane(0x04, 0, 0xff));
        Assert.True(Whole.TryWriteLane(0x04, 0x9999, 0xffff));
        Assert.Equal(0x9999, _whole.Half);
    }

    [Fact]
    public void A_lane_of_a_split_register_is_whole_if_all_its_bytes_are()
    {
        Assert.False(Whole.TryWriteLane(0x0c, 1, 0xffff));
        Assert.True(Whole.TryWriteLane(0x0c, 1, All));
        Assert.Equal(0x0000_0001_0000_0000ul, _whole.Base);
    }

    [Fact]
    public void The_registers_of_an_array_are_no_exception()
    {
        Assert.False(Whole.TryWriteLane(0x14, 5, 0xff));
        Assert.True(Whole.TryWriteLane(0x14, 5, All));
        Assert.False(Whole.TryReadLane(0x18, 0xff00, out _));
        Assert.True(Whole.TryWriteLane(0x18, 0x0007_0006, 0xffff_ff00));
        Assert.Equal((5u, 0, 7), (_whole.Table[1], _whole.Halves[0], _whole.Halves[1]));
    }

    [Fact]
    public void A_look_and_a_poke_reach_any_byte()
    {
        Assert.True(Whole.TryPokeLane(0x00, 0x55, 0xff));
        Assert.True(Whole.TryPokeLane(0x10, 0x66, 0xff));
        Assert.True(Whole.TryPeekLane(0x00, 0xff, out ulong value));
        Assert.Equal((0x55ul, 0x66u), (value, _whole.Table[0]));
    }

    [Fact]
    public void An_ignored_write_is_claimed_and_does_nothing()
    {
        (_deaf.Wide, _deaf.Half) = (0x1122_3344, 0x5566);
        Assert.True(Deaf.TryWriteLane(0x00, 0, 0xffff));
        Assert.True(Deaf.TryWriteLane(0x04, 0x00ff_0000, 0x00ff_ff00));
        Assert.True(Deaf.TryWriteLane(0x0c, 1, 0xff));
        Assert.True(Deaf.TryWriteLane(0x10, 1, 0xff));
        Assert.True(Deaf.TryWriteLane(0x1c, 1, 0xff));
        Assert.Equal((0x1122_3344u, 0x5566, 0xff, 0ul), (_deaf.Wide, _deaf.Half, _deaf.First, _deaf.Base));
        Assert.Equal((0u, 0), (_deaf.Table[0], _deaf.Runs));
        Assert.True(Deaf.TryWriteLane(0x00, 7, All));
        Assert.True(Deaf.TryWriteLane(0x10, 8, All));
        Assert.True(Deaf.TryWriteLane(0x1c, 9, All));
        Assert.Equal((7u, 8u, 9), (_deaf.Wide, _deaf.Table[0], _deaf.Runs));
    }

    [Fact]
    public void Where_writes_are_ignored_a_read_of_some_bytes_is_as_ever()
    {
        _deaf.Wide = 0x1122_3344;
        Assert.True(Deaf.TryReadLane(0x00, 0xff, out ulong value));
        Assert.Equal(0x44ul, value & 0xff);
    }

    [Fact]
    public void The_block_says_what_its_attribute_says() =>
        Assert.Equal((PartialAccess.Reject, PartialAccess.Ignore), (Whole.Info.Partial, Deaf.Info.Partial));
}
