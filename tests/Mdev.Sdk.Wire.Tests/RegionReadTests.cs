using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>REGION_READ. Source: vfio-user, "VFIO_USER_REGION_READ".</summary>
public sealed class RegionReadTests : WireTest
{
    [Fact]
    public void The_reply_repeats_the_request_and_adds_the_bytes()
    {
        Client.WriteRegion(0, 8, 0x11, 0x22, 0x33, 0x44);
        Assert.Equal(
            Raw.Bytes(8ul, 0u, 4u, (byte)0x11, (byte)0x22, (byte)0x33, (byte)0x44), Accepted(Raw.ReadMessage(0, 8, 4)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(64)]
    public void Any_length_at_any_offset_reads_the_bytes_there(int count)
    {
        byte[] ramp = [.. Enumerable.Range(0, 64).Select(i => (byte)i)];
        Client.WriteRegion(0, 0, ramp);
        for (int offset = 0; offset + count <= ramp.Length; offset++)
            Assert.Equal(ramp[offset..(offset + count)], Accepted(Raw.ReadMessage(0, (ulong)offset, (uint)count))[16..]);
    }

    [Fact]
    public void A_read_of_nothing_is_accepted() => Assert.Equal(Raw.Bytes(0ul, 0u, 0u), Accepted(Raw.ReadMessage(0, 0, 0)));

    [Fact]
    public void The_largest_transfer_is_a_megabyte()
    {
        Client.WriteRegion(2, Raw.MaxTransfer - 1, 0xab);
        byte[] reply = Accepted(Raw.ReadMessage(2, 0, Raw.MaxTransfer));
        Assert.Equal((int)Raw.MaxTransfer + 16, reply.Length);
        Assert.Equal(0xab, reply[^1]);

        Refused(Raw.ReadMessage(2, 0, Raw.MaxTransfer + 1));
        Refused(Raw.ReadMessage(2, 0, Raw.MaxTransfer + 8));
        Refused(Raw.ReadMessage(2, 0, uint.MaxValue));
    }

    [Theory]
    [InlineData(0x100, 1)]
    [InlineData(0xff, 2)]
    [InlineData(0, 0x101)]
    [InlineData(ulong.MaxValue, 1)]
    [InlineData(ulong.MaxValue - 3, 8)]
    [InlineData(0x100000000, 4)]
    public void Bytes_outside_of_the_region_are_refused(ulong offset, uint count)
    {
        Refused(Raw.ReadMessage(0, offset, count));
        Refused(Raw.ReadMessage(7, offset, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(0x80000007)]
    [InlineData(uint.MaxValue)]
    public void A_region_that_the_device_does_not_have_is_refused(uint region)
    {
        Refused(Raw.ReadMessage(region, 0, 1));
        Refused(Raw.ReadMessage(region, 0, 0));
    }

    [Fact]
    public void A_request_cut_short_or_too_long_is_refused()
    {
        byte[] payload = Raw.ReadMessage(0, 0, 4)[16..];
        for (int length = 0; length < payload.Length; length++)
            Refused(Raw.Message(Raw.RegionRead, payload[..length]));
        Refused(Raw.Message(Raw.RegionRead, [.. payload, 0, 0, 0, 0]));
    }

    [Fact]
    public void Bytes_that_no_register_claims_read_as_the_block_says() =>
        Assert.Equal(Raw.Bytes(0xffffffffu), Accepted(Raw.ReadMessage(0, 0x80, 4))[16..]);

    [Fact]
    public void A_handler_that_throws_reads_as_all_ones_and_the_device_goes_on()
    {
        Assert.Equal(Raw.Bytes(0xffffffffu), Accepted(Raw.ReadMessage(0, 0x48, 4))[16..]);
        AssertInStep();
        Assert.Equal(1, Server.Device.Counters.Faults);
    }
}
