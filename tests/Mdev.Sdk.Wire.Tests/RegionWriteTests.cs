using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>REGION_WRITE. Source: vfio-user, "VFIO_USER_REGION_WRITE".</summary>
public sealed class RegionWriteTests : WireTest
{
    [Fact]
    public void The_reply_repeats_offset_region_and_count()
    {
        Assert.Equal(Raw.Bytes(4ul, 0u, 4u), Accepted(Raw.WriteMessage(0, 4, [1, 2, 3, 4])));
        Assert.Equal(new byte[] { 1, 2, 3, 4 }, Client.ReadRegion(0, 4, 4));
    }

    [Fact]
    public void A_write_of_nothing_is_accepted() => Assert.Equal(Raw.Bytes(0ul, 0u, 0u), Accepted(Raw.WriteMessage(0, 0, [])));

    [Fact]
    public void The_largest_transfer_is_a_megabyte()
    {
        byte[] data = new byte[Raw.MaxTransfer];
        new Random(1).NextBytes(data);
        Assert.Equal(Raw.Bytes(0ul, 2u, Raw.MaxTransfer), Accepted(Raw.WriteMessage(2, 0, data)));
        Assert.Equal(data, Client.ReadRegion(2, 0, data.Length));

        Refused(Raw.WriteMessage(2, 0, new byte[Raw.MaxTransfer + 8]));
    }

    [Theory]
    [InlineData(0x100, 1)]
    [InlineData(0xff, 2)]
    [InlineData(0, 0x101)]
    [InlineData(ulong.MaxValue, 1)]
    [InlineData(ulong.MaxValue - 3, 8)]
    [InlineData(0x100000000, 4)]
    public void Bytes_outside_of_the_region_are_refused_and_nothing_is_written(ulong offset, int count)
    {
        byte[] before = Client.ReadRegion(0, 0, TestBlock.MemorySize);
        byte[] data = new byte[count];
        Array.Fill(data, (byte)0x77);
        Refused(Raw.WriteMessage(0, offset, data));
        Refused(Raw.WriteMessage(7, offset, data));
        Assert.Equal(before, Client.ReadRegion(0, 0, TestBlock.MemorySize));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(uint.MaxValue)]
    public void A_region_that_the_device_does_not_have_is_refused(uint region) => Refused(Raw.WriteMessage(region, 0, [1]));

    [Fact]
    public void Data_of_another_length_than_count_are_refused_and_not_written()
    {
        Refused(Raw.WriteMessage(0, 0, [1, 1, 1, 1], count: 3));
        Refused(Raw.WriteMessage(0, 0, [1, 1, 1, 1], count: 5));
        Refused(Raw.WriteMessage(0, 0, [1, 1, 1, 1], count: 0));
        Refused(Raw.WriteMessage(0, 0, [1, 1, 1, 1], count: uint.MaxValue));
        Refused(Raw.WriteMessage(0, 0, [], count: 4));
        Assert.Equal(new byte[4], Client.ReadRegion(0, 0, 4));
    }

    [Fact]
    public void A_request_cut_short_is_refused()
    {
        byte[] payload = Raw.WriteMessage(0, 0, [1, 2, 3, 4])[16..];
        for (int length = 0; length < payload.Length; length++)
            Refused(Raw.Message(Raw.RegionWrite, payload[..length]));
    }

    [Fact]
    public void A_write_to_a_read_only_bit_of_config_space_is_ignored()
    {
        byte[] identity = Client.ReadRegion(7, 0, 4);
        Accepted(Raw.WriteMessage(7, 0, [0xff, 0xff, 0xff, 0xff]));
        Assert.Equal(identity, Client.ReadRegion(7, 0, 4));
    }

    [Fact]
    public void A_handler_that_throws_drops_the_write_and_the_device_goes_on()
    {
        Accepted(Raw.WriteMessage(0, 0x48, [1, 0, 0, 0]));
        AssertInStep();
        Assert.Equal(1, Server.Device.Counters.Faults);
    }

    [Fact]
    public void Posted_writes_are_done_in_order_before_a_later_read_is_answered()
    {
        const int Writes = 5000;
        for (uint i = 1; i <= Writes; i++)
            Client.PostWriteRegion(0, 0, Raw.Bytes(i));
        Assert.Equal(Raw.Bytes((uint)Writes), Client.ReadRegion(0, 0, 4));
    }

    [Fact]
    public void Posted_writes_of_all_lengths_in_one_stream_reach_their_places()
    {
        var stream = new List<byte>();
        byte[] expected = new byte[TestBlock.MemorySize];
        var random = new Random(2);
        for (int i = 0; i < 2000; i++)
        {
            int offset = random.Next(expected.Length);
            byte[] data = new byte[random.Next(1, expected.Length - offset + 1)];
            random.NextBytes(data);
            data.CopyTo(expected, offset);
            stream.AddRange(Raw.WriteMessage(0, (ulong)offset, data, flags: Raw.NoReply));
        }

        Connection.Send(stream.ToArray());
        Assert.Equal(expected, Client.ReadRegion(0, 0, expected.Length));
    }
}
