using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

public sealed class WatchTests : IRegisterWatch
{
    private const ulong All = 0xffff_ffff;

    private readonly WatchedBlock _block = new();
    private readonly List<UnexpectedWrite> _told = [];

    public WatchTests() => Guest.Watch(this, 0x100);

    private IRegisterBlock Guest => _block;

    void IRegisterWatch.OnUnexpectedWrite(in UnexpectedWrite write) => _told.Add(write);

    [Fact]
    public void Reserved_bits_keep_their_reset_value_and_those_with_a_value_have_that()
    {
        Assert.Equal(0xf503, (ushort)_block.Fields);
        Guest.TryWriteLane(0x00, 0, All);
        Assert.Equal(0xf500, (ushort)_block.Fields);
        Guest.TryWriteLane(0x04, All, All);
        Assert.Equal(0x7fff_ffafu, _block.Plain);
        Guest.Reset(ResetKind.Warm);
        Assert.Equal((0xf503, 0xa0u), ((ushort)_block.Fields, _block.Plain));
    }

    [Fact]
    public void A_write_that_has_what_is_held_or_must_be_is_nothing_to_tell()
    {
        Guest.TryWriteLane(0x00, 0xf505, All);
        Guest.TryWriteLane(0x04, 0xa1, All);
        Assert.Empty(_told);
        Assert.Equal(5, _block.Fields.Mode);
    }

    [Fact]
    public void What_is_wrong_of_each_declaration_is_told_by_itself()
    {
        Guest.TryWriteLane(0x00, 0x7490, All);
        Assert.Equal(
            [
                new(0x100, 0xf000, 0x8000, null), new(0x100, 0x0f00, 0x0100, null), new(0x100, 0x80, 0x80, "No second clock"),
                new(0x100, 0x10, 0x10, "No loopback"),
            ],
            _told);
    }

    [Fact]
    public void Only_bytes_that_are_written_can_be_wrong()
    {
        Guest.TryWriteLane(0x00, 0, 0xff);
        Assert.Empty(_told);
        Guest.TryWriteLane(0x04, 0, 0xff00_0000);
        Assert.Empty(_told);
        Guest.TryWriteLane(0x04, 0x8000_0000, 0xff00_0000);
        Assert.Equal([new UnexpectedWrite(0x104, 0x8000_0000, 0x8000_0000, null)], _told);
    }

    [Fact]
    public void Unimplemented_bits_are_stored_as_declared_and_told()
    {
        Guest.TryWriteLane(0x00, 0xf590, All);
        Assert.True(_block.Fields.Loopback);
        Assert.Equal(0xf590, (ushort)_block.Fields);
        Assert.Equal(2, _told.Count);
        Guest.TryWriteLane(0x00, 0xf590, All);
        Assert.Equal(2, _told.Count);
    }

    [Fact]
    public void Of_bits_that_ones_clear_a_one_asks_for_something_and_of_others_a_zero()
    {
        _block.Fields = (WatchedFields)(ushort)0xf560;
        Guest.TryWriteLane(0x00, 0xf500, All);
        Guest.TryWriteLane(0x2c, 0xff, 0xff);
        Assert.Empty(_told);
        Guest.TryWriteLane(0x00, 0xf520, All);
        Guest.TryWriteLane(0x2c, 0xfe, 0xff);
        Assert.Equal([new(0x100, 0x60, 0x20, "No events"), new(0x12c, 0xff, 0x01, "No such")], _told);
    }

    [Fact]
    public void A_whole_register_may_be_unimplemented()
    {
        Guest.TryWriteLane(0x0c, 3, All);
        Assert.Equal(3u, _block.Timer);
        Assert.Equal([new UnexpectedWrite(0x10c, All, 3, "No timer")], _told);
    }

    [Fact]
    public void Reading_does_nothing_to_reserved_bits()
    {
        _block.Events = 0x1234;
        Guest.TryReadLane(0x08, All, out ulong value);
        Assert.Equal((0x1234ul, 0x34u), (value, _block.Events));
    }

    [Fact]
    public void A_write_that_its_gate_drops_is_not_told()
    {
        _block.Open = false;
        Guest.TryWriteLane(0x10, 1, All);
        Assert.Empty(_told);
    }

    [Fact]
    public void An_alias_with_an_access_of_its_own_leaves_reserved_bits_alone_and_is_not_watched()
    {
        _block.Status = 0xff;
        Guest.TryWriteLane(0x18, 0xff, All);
        Assert.Equal(0x0fu, _block.Status);
        Assert.Empty(_told);
    }

    [Fact]
    public void A_split_register_is_told_of_when_it_is_committed()
    {
        Guest.TryWriteLane(0x20, All, All);
        Assert.Empty(_told);
        Guest.TryWriteLane(0x24, 1, All);
        Assert.Equal([new UnexpectedWrite(0x120, 0xffff_ffff_0000_0000, 0x1_0000_0000, null)], _told);
        Assert.Equal(0xffff_fffful, _block.Wide);
    }

    [Fact]
    public void Elements_and_inner_blocks_have_their_own_offsets()
    {
        Guest.TryWriteLane(0x28, 0x8000_0000, All);
        Guest.TryWriteLane(0x30, 0x100, All);
        Guest.TryWriteLane(0x3c, 0x200, All);
        Assert.Equal([new(0x12a, 0x8000, 0x8000, null), new(0x130, 0xff00, 0x100, null), new(0x13c, 0xff00, 0x200, null)], _told);
        Assert.Equal(0, _block.Parts[2]!.Inner);
    }

    [Fact]
    public void A_poke_stores_reserved_bits_and_tells_nobody()
    {
        Guest.TryPokeLane(0x04, 0, All);
        Assert.Equal(0u, _block.Plain);
        Assert.Empty(_told);
    }

    [Fact]
    public void To_tell_allocates_nothing()
    {
        IRegisterBlock guest = new WatchedBlock();
        guest.Watch(new Deaf(), 0);
        guest.TryWriteLane(0x00, 0, All);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            guest.TryWriteLane(0x00, 0, All);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private sealed class Deaf : IRegisterWatch
    {
        public void OnUnexpectedWrite(in UnexpectedWrite write)
        {
        }
    }
}
