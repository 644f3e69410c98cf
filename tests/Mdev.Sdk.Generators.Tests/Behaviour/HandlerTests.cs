using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

public sealed class HandlerTests
{
    private const ulong All = 0xffff_ffff;

    private readonly HandledBlock _block = new();

    private IRegisterBlock Guest => _block;

    [Fact]
    public void A_partial_write_keeps_the_other_bytes()
    {
        _block.After = 0x1122_3344;
        Assert.True(Guest.TryWriteLane(0x00, 0xaabb_ccdd, 0x00ff_00ff));
        Assert.Equal(0x11bb_33ddu, _block.After);
    }

    [Fact]
    public void A_write_handler_finds_the_new_value_stored()
    {
        Guest.TryWriteLane(0x00, 5, All);
        Assert.Equal(["After 5 found 5"], _block.Log);
    }

    [Fact]
    public void A_write_handler_gets_the_whole_value_of_a_partial_write()
    {
        _block.After = 0x1122_3344;
        Guest.TryWriteLane(0x00, 0xff, 0xff);
        Assert.Equal(["After 112233ff found 112233ff"], _block.Log);
    }

    [Fact]
    public void A_write_handler_gets_the_old_value_and_may_change_the_new_one()
    {
        _block.Compared = 0x0100_0001;
        Guest.TryWriteLane(0x04, 0xff00_0002, All);
        Assert.Equal(["Compared 1000001 to 1000002 found 1000002"], _block.Log);
        Assert.Equal(0x0100_0003u, _block.Compared);
    }

    [Fact]
    public void What_a_write_handler_returns_is_stored_and_nothing_before()
    {
        _block.Replaced = 1;
        Guest.TryWriteLane(0x08, 0x123, All);
        Assert.Equal(["Replaced 123 found 1"], _block.Log);
        Assert.Equal(3u, _block.Replaced);
    }

    [Theory]
    [InlineData(5, 9, 9)]
    [InlineData(9, 5, 9)]
    public void A_static_handler_may_judge_old_and_new(uint old, uint value, uint stored)
    {
        _block.Judged = old;
        Guest.TryWriteLane(0x0c, value, All);
        Assert.Equal(stored, _block.Judged);
    }

    [Fact]
    public void What_a_read_handler_returns_is_read_and_the_stored_value_stays()
    {
        _block.Shown = 40;
        _block.Log.AddRange(["", ""]);
        Assert.True(Guest.TryReadLane(0x10, All, out ulong value));
        Assert.Equal(42ul, value);
        Assert.Equal(40u, _block.Shown);
    }

    [Fact]
    public void A_read_handler_may_clear_what_it_shows()
    {
        _block.Pending = Causes.Done | Causes.Error;
        Guest.TryReadLane(0x14, All, out ulong first);
        Guest.TryReadLane(0x14, All, out ulong second);
        Assert.Equal((0x8001ul, 0ul), (first, second));
    }

    [Fact]
    public void A_register_of_fields_is_handled_by_its_fields()
    {
        Guest.TryWriteLane(0x18, 0x0007_0203, All);
        Assert.Equal(["Control { Count = 7, Mode = Always, Level = 1, Run = True }"], _block.Log);
        Assert.Equal((7, Mode.Always, 1, true), (_block.Control.Count, _block.Control.Mode, _block.Control.Level, _block.Control.Run));
    }

    [Fact]
    public void Handlers_of_a_lane_run_by_ascending_offset()
    {
        Assert.True(Guest.TryReadLane(0x20, All, out ulong value));
        Assert.Equal(["first", "second", "third"], _block.Log);
        Assert.Equal(0x4433_2211ul, value);
    }

    [Fact]
    public void Only_the_handlers_of_enabled_bytes_run()
    {
        Guest.TryReadLane(0x20, 0xff00_ff00, out _);
        Assert.Equal(["second", "third"], _block.Log);
    }

    [Fact]
    public void A_handler_without_storage_gets_zeros_for_disabled_bytes()
    {
        Guest.TryWriteLane(0x20, 0x1122_3344, 0x00ff_ff00);
        Guest.TryWriteLane(0x24, 0x1122_3344, 0xff00_00ff);
        Assert.Equal(["low 3300", "high 22", "whole 11000044"], _block.Log);
    }

    [Fact]
    public void A_direction_that_nobody_handles_is_unclaimed()
    {
        Assert.False(Guest.TryReadLane(0x24, All, out _));
        Assert.False(Guest.TryReadLane(0x28, All, out _));
        Assert.False(Guest.TryWriteLane(0x28, 1, All));
        Assert.Empty(_block.Log);
    }

    [Fact]
    public void A_narrow_register_is_not_met_by_the_bytes_beside_it()
    {
        Assert.False(Guest.TryWriteLane(0x14, All, 0xffff_0000));
        Assert.False(Guest.TryReadLane(0x14, 0xffff_0000, out _));
        Assert.Equal(Causes.None, _block.Pending);
    }

    [Fact]
    public void Conditions_are_asked_before_anything_is_stored()
    {
        // The first byte locks both, by its handler; this very access still meets the second.
        Assert.True(Guest.TryWriteLane(0x30, 0x0201, 0xffff));
        Assert.Equal(2, _block.Behind);
        Assert.False(Guest.TryWriteLane(0x30, 0x0403, 0xffff));
        Assert.Equal(2, _block.Behind);
    }

    [Fact]
    public void A_reset_loads_the_values_and_then_runs_its_handlers_in_source_order()
    {
        (_block.After, _block.Shown) = (1, 1);
        Guest.Reset(ResetKind.Warm);
        Assert.Equal((0u, 7u), (_block.After, _block.Shown));
        Assert.Equal(["first reset 7", "second reset"], _block.Log);
    }

    [Fact]
    public void A_new_block_has_its_reset_values() => Assert.Equal(7u, _block.Shown);

    [Fact]
    public void A_name_depends_on_the_direction_and_the_condition()
    {
        Assert.Equal(("ReadSecond", "WriteLow"), (Guest.NameAt(0x21, write: false), Guest.NameAt(0x21, write: true)));
        Assert.Equal("Lock", Guest.NameAt(0x30, write: true));
        _block.Locked = true;
        Assert.Null(Guest.NameAt(0x30, write: true));
    }

    [Fact]
    public void The_block_says_what_its_attribute_says() =>
        Assert.Equal(
            new RegisterBlockInfo("HandledBlock", 0x40) { Bus = AccessWidth.Dword, Wide = WideAccess.EveryLane, Unmapped = Unmapped.ReadZero }, Guest.Info);

    [Fact]
    public void No_access_allocates()
    {
        IRegisterBlock block = new DwordBlock();
        Sweep(block);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Sweep(block);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        static void Sweep(IRegisterBlock block)
        {
            for (uint lane = 0; lane < block.Info.Size; lane += 4)
            {
                block.TryWriteLane(lane, lane, 0x00ff_ffff);
                block.TryReadLane(lane, All, out _);
                _ = block.NameAt(lane, write: true);
            }

            block.Reset(ResetKind.Warm);
        }
    }
}
