using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

public sealed class GuestAccessTests
{
    private readonly AskingBlock _block = new();

    private IRegisterBlock Guest => _block;

    [Fact]
    public void A_handler_is_told_which_bytes_of_its_register_are_touched()
    {
        Guest.TryWriteLane(0x04, 0x1122_3344, 0x00ff_ff00);
        Assert.Equal((0x04u, 0x00ff_ff00ul, 2, false), _block.Last);
        Guest.TryWriteLane(0x08, 0x1122_3344, 0xff00_ff00);
        Assert.Equal((0x0au, 0xff00ul, 1, false), _block.Last);
        Guest.TryReadLane(0x14, 0xffff_ffff, out _);
        Assert.Equal((0x17u, 0xfful, 1, false), _block.Last);
        Guest.TryWriteLane(0x14, 1, 0xffff_ff00);
        Assert.Equal((0x14u, 0xff00ul, 1, false), _block.Last);
    }

    [Fact]
    public void An_alias_shows_its_own_offset()
    {
        Guest.TryReadLane(0x10, 0xffff_ffff, out _);
        Assert.Equal((0x10u, 0xffff_fffful, 4, false), _block.Last);
    }

    [Fact]
    public void A_register_of_an_array_shows_its_own_offset()
    {
        Guest.TryReadLane(0x24, 0xffff_0000, out ulong value);
        Assert.Equal((0x26u, 0xfffful, 2, false), _block.Last);
        Assert.Equal(0x0003_0000ul, value);
    }

    [Fact]
    public void A_look_says_that_it_is_one()
    {
        Guest.TryPeekLane(0x04, 0xff, out _);
        Assert.Equal((0x04u, 0xfful, 1, true), _block.Last);
    }

    [Fact]
    public void To_be_told_allocates_nothing()
    {
        Guest.TryReadLane(0x04, 0xff, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Guest.TryReadLane(0x04, 0xff, out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
