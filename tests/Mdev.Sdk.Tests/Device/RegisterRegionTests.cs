using Mdev.Sdk.Device;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Tests.Device;

public sealed class RegisterRegionTests
{
    [Fact]
    public void A_wide_access_becomes_one_a_lane_lowest_first()
    {
        var block = new ScratchBlock(16, AccessWidth.Word);
        using var device = new ScratchDevice(block);
        device.Write(0, 0, 1, 2, 3, 4);
        Assert.Equal([1, 2, 3, 4], device.Read(0, 0, 4));
        Assert.Equal(["write 0 ffff", "write 2 ffff", "read 0 ffff", "read 2 ffff"], block.Accesses);
    }

    [Fact]
    public void A_narrow_or_unaligned_access_enables_its_bytes_alone()
    {
        var block = new ScratchBlock(32, AccessWidth.Dword);
        using var device = new ScratchDevice(block);
        device.Write(0, 0, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17);
        block.Accesses.Clear();
        device.Write(0, 3, 0xa3, 0xa4, 0xa5);
        Assert.Equal([0x10, 0x11, 0x12, 0xa3, 0xa4, 0xa5, 0x16, 0x17], device.Read(0, 0, 8));
        Assert.Equal([0xa3], device.Read(0, 3, 1));
        Assert.Equal(["write 0 ff000000", "write 4 ffff", "read 0 ffffffff", "read 4 ffffffff", "read 0 ff000000"], block.Accesses);
    }

    [Fact]
    public void A_64_bit_bus_takes_all_eight_bytes_at_once()
    {
        var block = new ScratchBlock(32, AccessWidth.Qword);
        using var device = new ScratchDevice(block);
        device.Write(0, 8, 1, 2, 3, 4, 5, 6, 7, 8);
        Assert.Equal(0x0807060504030201ul, block.Lanes[1]);
        Assert.Equal([4, 5], device.Read(0, 11, 2));
    }

    [Fact]
    public void With_first_lane_only_the_first_byte_of_each_aligned_piece_counts()
    {
        var block = new ScratchBlock(32, AccessWidth.Byte, WideAccess.FirstLane);
        using var device = new ScratchDevice(block);
        for (byte i = 0; i < 16; i++)
            block.Lanes[i] = (byte)(0xa0 + i);
        Assert.Equal([0xa0, 0, 0, 0, 0xa4, 0, 0, 0], device.Read(0, 0, 8));
        Assert.Equal([0xa1, 0xa2, 0], device.Read(0, 1, 3));
        device.Write(0, 4, 1, 2, 3, 4);
        Assert.Equal([0x01, 0xa5, 0xa6, 0xa7], block.Lanes[4..8]);
    }

    [Theory]
    [InlineData(Unmapped.ReadZero, 0x00)]
    [InlineData(Unmapped.ReadOnes, 0xff)]
    public void What_no_register_claims_reads_as_the_block_says_is_counted_and_logged_once(Unmapped unmapped, byte expected)
    {
        using var device = new ScratchDevice(new ScratchBlock(16, unmapped: unmapped));
        for (int i = 0; i < 5; i++)
            Assert.Equal([expected], device.Read(0, 12, 1));
        device.Write(0, 12, 1);
        Assert.Equal(6, device.Counters.Unclaimed);
        Assert.Equal(2, device.Log.Lines.Count);
        Assert.Contains("read region 0 offset 0xc (Scratch)", device.Log.Lines[0], StringComparison.Ordinal);
        Assert.Contains("wrote region 0 offset 0xc", device.Log.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_that_tries_every_offset_does_not_fill_the_log()
    {
        using var device = new ScratchDevice(new ScratchBlock(256));
        for (ulong offset = 0; offset < 256; offset++)
        {
            device.Read(0, offset, 1);
            device.Write(0, offset, 0);
        }
        Assert.Equal(256, device.Counters.Unclaimed);
        Assert.True(device.Log.Lines.Count <= 256);
    }

    [Fact]
    public void A_handler_that_throws_reads_as_ones_drops_the_write_and_the_device_goes_on()
    {
        var block = new ScratchBlock(16);
        using var device = new ScratchDevice(block);
        block.OnAccess = () => throw new InvalidOperationException("vendor");
        Assert.Equal([0xff, 0xff], device.Read(0, 2, 2));
        device.Write(0, 2, 9);
        block.OnAccess = null;
        Assert.Equal([0], device.Read(0, 2, 1));
        Assert.Equal(3, device.Counters.Faults);
        Assert.Contains(device.Log.Lines, line => line.Contains("R2", StringComparison.Ordinal) && line.Contains("0x9", StringComparison.Ordinal));
    }

    [Fact]
    public void A_far_end_whose_handler_throws_loses_its_byte_and_the_device_goes_on()
    {
        using var device = new ScratchDevice();
        Assert.True(device.Deliver(7, _ => throw new InvalidOperationException("vendor"), out _));
        Assert.False(device.Deliver(7, _ => false, out _));
        Assert.Equal(1, device.Counters.Faults);
        Assert.Contains(device.Log.Lines, line => line.Contains("0x07", StringComparison.Ordinal));
    }

    [Fact]
    public void An_observer_sees_each_access_by_name()
    {
        using var device = new ScratchDevice();
        var seen = new Recorder();
        device.Observer = seen;
        device.Write(0, 1, 0x55);
        device.Read(0, 1, 1);
        device.Read(0, 15, 1);
        Assert.Equal(
            [
                new RegisterAccess(0, "R1", 1, 1, 0x55, IsWrite: true),
                new RegisterAccess(0, "R1", 1, 1, 0x55, IsWrite: false),
                new RegisterAccess(0, null, 15, 1, 0, IsWrite: false),
            ],
            seen.Accesses);
    }

    [Fact]
    public void Reset_reaches_the_block()
    {
        var block = new ScratchBlock(16);
        using var device = new ScratchDevice(block);
        device.Write(0, 0, 1);
        device.Reset();
        Assert.Equal([0], device.Read(0, 0, 1));
        Assert.Equal(2, block.Resets);
    }

    private sealed class Recorder : IRegisterObserver
    {
        public List<RegisterAccess> Accesses { get; } = [];

        public void OnAccess(in RegisterAccess access) => Accesses.Add(access);
    }
}
