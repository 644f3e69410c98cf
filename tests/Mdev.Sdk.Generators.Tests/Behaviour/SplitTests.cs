using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

public sealed class SplitTests
{
    private const ulong All = 0xffff_ffff;

    private readonly SplitBlock _block = new();

    private IRegisterBlock Guest => _block;

    [Fact]
    public void A_read_of_the_first_lane_takes_the_whole_and_the_other_shows_it()
    {
        _block.Count = 0x0000_0001_ffff_ffff;
        Assert.Equal(0xffff_fffful, Read(0x30));
        _block.Count++;
        Assert.Equal(1ul, Read(0x34));
        Assert.Equal(0ul, Read(0x30));
        Assert.Equal(2ul, Read(0x34));
    }

    [Fact]
    public void A_read_handler_runs_for_the_first_lane_only_and_for_all_bytes()
    {
        Assert.Equal((0xffff_fffful, 1ul), (Read(0x40, 0xff), Read(0x44)));
        Assert.Equal((0ul, 2ul), (Read(0x40), Read(0x44)));
        Assert.Equal(["clock at 40 for 8", "clock at 40 for 8"], _block.Log);
    }

    [Fact]
    public void What_reading_clears_it_clears_once_for_the_whole_register()
    {
        _block.Status = 0x1234_5678_9abc_def0;
        Assert.Equal(0x9abc_def0ul, Read(0x18));
        Assert.Equal(0ul, _block.Status);
        _block.Status = 0x5555_0000_0000_0000;
        Assert.Equal(0x1234_5678ul, Read(0x1c));
        Assert.Equal(0x5555_0000_0000_0000ul, _block.Status);
    }

    [Fact]
    public void A_lane_that_is_read_before_the_first_shows_zeros()
    {
        _block.Count = ulong.MaxValue;
        Assert.Equal(0ul, Read(0x34));
    }

    [Fact]
    public void Each_address_has_its_own_latch()
    {
        _block.Count = 0x0000_0001_0000_0001;
        Read(0x30);
        _block.Count = 0x0000_0002_0000_0002;
        Read(0x38);
        Assert.Equal((1ul, 2ul), (Read(0x34), Read(0x3c)));
    }

    [Fact]
    public void A_write_of_the_last_lane_commits_all_as_one_write_of_the_whole()
    {
        Write(0x00, 0x5555_aaaf);
        Assert.Equal(5ul, _block.Command);
        Assert.Empty(_block.Log);
        Write(0x04, 0x1234_5678);
        Assert.Equal(0x1234_5678_5555_aaa5ul, _block.Command);
        Assert.Equal(["command 5 to 123456785555aaa5 by ffffffffffffffff"], _block.Log);
    }

    [Fact]
    public void Bytes_that_were_not_written_are_not_touched()
    {
        _block.Command = 0x1111_1111_1111_1111;
        Write(0x00, 0xffff_ffff, 0x00ff_0000);
        Write(0x04, 0xffff_ffff, 0x0000_00ff);
        Assert.Equal(0x1111_11ff_11ff_1111ul, _block.Command);
        Write(0x04, 0);
        Assert.Equal(0x0000_0000_11ff_1111ul, _block.Command);
        Assert.EndsWith("by ffffffff00000000", _block.Log[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_that_is_written_twice_before_the_commit_has_its_last_value()
    {
        Write(0x58, 0x1111_1111);
        Write(0x58, 0x22, 0xff);
        Write(0x5c, 0x3333_3333);
        Assert.Equal(0x3333_3333_1111_1122ul, _block.Sticky);
    }

    [Fact]
    public void The_gate_is_asked_when_it_is_committed()
    {
        _block.Open = false;
        Write(0x20, 1);
        _block.Open = true;
        Write(0x24, 0);
        Assert.Equal(1ul, _block.Gated);
        _block.Open = false;
        Write(0x20, 2);
        Write(0x24, 0);
        _block.Open = true;
        Write(0x24, 7);
        Assert.Equal(0x0000_0007_0000_0001ul, _block.Gated);
        Assert.Equal(["gated 1", "gated 700000001"], _block.Log);
    }

    [Fact]
    public void Bits_that_clear_themselves_do_so_once_after_the_handler()
    {
        Write(0x28, 1);
        Write(0x2c, 2);
        Assert.Equal(["start 200000001"], _block.Log);
        Assert.Equal(0ul, _block.Start);
    }

    [Fact]
    public void What_is_written_once_is_locked_by_the_commit()
    {
        Write(0x60, 1);
        Write(0x64, 0, 0xff);
        Write(0x60, 2);
        Write(0x64, 3);
        Assert.Equal(0x0000_0000_0000_0001ul | (3ul << 32 & ~0xfful << 32), _block.Base);
    }

    [Fact]
    public void A_register_without_storage_gets_one_value()
    {
        Write(0x40, 0x55);
        Write(0x44, 0x66);
        Assert.Equal(["alarm 6600000055"], _block.Log);
    }

    [Fact]
    public void An_alias_commits_with_its_own_access_and_what_it_has_collected_itself()
    {
        _block.Bits = 0x0000_0001_0000_0001;
        Write(0x48, 0x40);
        Write(0x50, 2);
        Write(0x54, 4);
        Assert.Equal(0x0000_0005_0000_0003ul, _block.Bits);
        Write(0x4c, 0);
        Assert.Equal(0x40ul, _block.Bits);
    }

    [Fact]
    public void Without_side_effects_each_lane_shows_what_is_stored()
    {
        Assert.Equal((0x5566_7788ul, 0x1122_3344ul), (Read(0x08), Read(0x0c)));
        _block.Live = 0x0000_0002_0000_0003;
        Assert.Equal((3ul, 2ul), (Read(0x08), Read(0x0c)));
        Assert.Equal((0x4433_2211ul, 0x8877_6655ul), (Read(0x10), Read(0x14)));
    }

    [Fact]
    public void A_look_shows_what_is_stored_and_not_the_latch()
    {
        _block.Status = 0x0000_0001_0000_0002;
        Read(0x18);
        _block.Status = 0x0000_0003_0000_0004;
        Assert.Equal((4ul, 3ul), (Peek(0x18), Peek(0x1c)));
        Assert.Equal(0x0000_0003_0000_0004ul, _block.Status);
        Assert.Equal((0xffff_fffful, 2ul), (Peek(0x40), Peek(0x44)));
        Assert.Empty(_block.Log);
    }

    [Fact]
    public void A_poke_stores_each_lane_at_once()
    {
        Assert.True(Guest.TryPokeLane(0x04, 0xdead_beef, 0xffff_0000));
        Assert.Equal(0xdead_0000_0000_0005ul, _block.Command);
        Assert.True(Guest.TryPokeLane(0x00, 0x77, 0xff));
        Assert.Equal(0xdead_0000_0000_0077ul, _block.Command);
        Assert.Empty(_block.Log);
        Assert.False(Guest.TryPokeLane(0x14, 1, All));
    }

    [Theory]
    [InlineData(ResetKind.Warm)]
    [InlineData(ResetKind.Cold)]
    public void Every_reset_drops_latches_and_what_was_collected(ResetKind kind)
    {
        _block.Count = ulong.MaxValue;
        Read(0x30);
        _block.Sticky = 0x1111_1111_1111_1111;
        Write(0x58, 0);
        Guest.Reset(kind);
        Write(0x5c, 0x2222_2222);
        Assert.Equal((0ul, 0x2222_2222_1111_1111ul), (Read(0x34), _block.Sticky));
    }

    [Fact]
    public void In_a_big_endian_block_the_lanes_go_by_address_too()
    {
        var block = new BigSplitBlock();
        IRegisterBlock guest = block;
        guest.TryWriteLane(0, 0x12, 0xff);
        Assert.Equal(0, block.Count);
        guest.TryWriteLane(1, 0x34, 0xff);
        Assert.Equal(0x1234, block.Count);

        Assert.True(guest.TryReadLane(4, 0xff, out ulong first));
        block.Address = 0;
        ulong[] rest = new ulong[3];
        for (uint i = 0; i < 3; i++)
            guest.TryReadLane(5 + i, 0xff, out rest[i]);
        Assert.Equal((0x11ul, 0x22ul, 0x33ul, 0x44ul), (first, rest[0], rest[1], rest[2]));
        guest.TryPokeLane(4, 0x99, 0xff);
        Assert.Equal(0x9900_0000u, block.Address);
    }

    [Fact]
    public void All_lanes_have_the_registers_name() =>
        Assert.Equal(("Command", "Command", "Clock", "Alarm"), (Guest.NameAt(0x03, true), Guest.NameAt(0x07, false), Guest.NameAt(0x47, false), Guest.NameAt(0x44, true)));

    private ulong Read(uint offset, ulong enabled = All)
    {
        Assert.True(Guest.TryReadLane(offset, enabled, out ulong value));
        return value;
    }

    private ulong Peek(uint offset)
    {
        Assert.True(Guest.TryPeekLane(offset, All, out ulong value));
        return value;
    }

    private void Write(uint offset, ulong value, ulong enabled = All) => Assert.True(Guest.TryWriteLane(offset, value, enabled));
}
