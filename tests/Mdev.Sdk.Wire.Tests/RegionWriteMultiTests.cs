using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>REGION_WRITE_MULTI. Source: vfio-user, "VFIO_USER_REGION_WRITE_MULTI".</summary>
public sealed class RegionWriteMultiTests : WireTest
{
    private const ushort WriteMulti = 15;

    [Fact]
    public void All_writes_are_carried_out_in_their_order_and_counted()
    {
        byte[] message = Message(Entry(0, 0, 4, 0x0403_0201), Entry(0, 8, 8, 0x1817_1615_1413_1211), Entry(0, 1, 1, 0xaa));
        Assert.Equal(Raw.Bytes(3ul), Accepted(message));
        Assert.Equal(new byte[] { 1, 0xaa, 3, 4 }, Client.ReadRegion(0, 0, 4));
        Assert.Equal(new byte[] { 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18 }, Client.ReadRegion(0, 8, 8));
    }

    [Fact]
    public void Writes_reach_different_regions() => Assert.Equal(
        Raw.Bytes(2ul), Accepted(Message(Entry(2, 0x100, 8, 7), Entry(0, 0, 2, 0x0201))));

    [Fact]
    public void No_writes_at_all_are_accepted() => Assert.Equal(Raw.Bytes(0ul), Accepted(Message()));

    [Fact]
    public void A_write_of_nothing_counts() => Assert.Equal(Raw.Bytes(1ul), Accepted(Message(Entry(0, 0, 0, 0))));

    [Fact]
    public void As_many_as_a_message_has_room_for_are_accepted()
    {
        const int Most = ((1 << 20) + 4096) / 24;
        Assert.Equal(Raw.Bytes((ulong)Most), Accepted(Message([.. Enumerable.Range(0, Most).Select(i => Entry(0, 0, 4, (uint)i))])));
        Assert.Equal(Raw.Bytes((uint)(Most - 1)), Client.ReadRegion(0, 0, 4));
    }

    [Theory]
    [InlineData(0, 0x100, 1)]
    [InlineData(0, 0xff, 2)]
    [InlineData(0, ulong.MaxValue, 1)]
    [InlineData(0, ulong.MaxValue - 3, 8)]
    [InlineData(0, 0, 9)]
    [InlineData(0, 0, uint.MaxValue)]
    [InlineData(0, 0, 0x80000000)]
    [InlineData(1, 0, 4)]
    [InlineData(9, 0, 4)]
    [InlineData(uint.MaxValue, 0, 4)]
    public void One_that_is_wrong_makes_the_whole_message_be_refused_and_nothing_is_written(uint region, ulong offset, uint count)
    {
        Refused(Message(Entry(0, 0, 4, 0x77), Entry(region, offset, count, 0x77), Entry(0, 4, 4, 0x77)));
        Refused(Message(Entry(0, 0, 4, 0x77), Entry(0, 4, 4, 0x77), Entry(region, offset, count, 0x77)));
        Assert.Equal(new byte[8], Client.ReadRegion(0, 0, 8));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(0x0aaa_aaaa_aaaa_aaac)]
    [InlineData(ulong.MaxValue)]
    public void A_number_of_writes_that_the_message_does_not_have_is_refused(ulong number)
    {
        Refused(Raw.Message(WriteMulti, Raw.Bytes(number, Entry(0, 0, 4, 1), Entry(0, 4, 4, 1))));
        Assert.Equal(new byte[8], Client.ReadRegion(0, 0, 8));
    }

    [Fact]
    public void A_message_of_any_other_length_is_refused()
    {
        byte[] payload = Message(Entry(0, 0, 4, 1), Entry(0, 4, 4, 1))[16..];
        for (int length = 0; length < payload.Length; length++)
            Refused(Raw.Message(WriteMulti, payload[..length]));
        Refused(Raw.Message(WriteMulti, [.. payload, 0]));
        Assert.Equal(new byte[8], Client.ReadRegion(0, 0, 8));
    }

    [Fact]
    public void A_descriptor_is_refused_and_closed()
    {
        using var eventFd = new EventFd();
        int before = Holdings.Descriptors;
        Refused(Message(Entry(0, 0, 4, 1)), eventFd.Descriptor);
        Assert.Equal(before, Holdings.Descriptors);
    }

    [Fact]
    public void Nothing_is_answered_to_posted_writes_right_or_wrong()
    {
        Connection.Send(Message(Raw.NoReply, Entry(0, 0, 4, 0x55)));
        Connection.Send(Message(Raw.NoReply, Entry(0, 4, 4, 0x55), Entry(0, 0x100, 4, 0)));
        AssertInStep();
        Assert.Equal(Raw.Bytes(0x55u, 0u), Client.ReadRegion(0, 0, 8));
    }

    [Fact]
    public void A_handler_that_throws_fails_none_of_them() =>
        Assert.Equal(Raw.Bytes(2ul), Accepted(Message(Entry(0, 0x48, 4, 1), Entry(0, 0, 4, 1))));

    [Fact]
    public void The_client_sends_the_same_and_neither_side_allocates()
    {
        VfioRegionWrite[] writes = [new(0, 0, 1), new(0, 8, 2, 8), new(0, 1, 3, 1)];
        Client.WriteRegions(writes);
        Assert.Equal(Raw.Bytes(0x301u, 0u, 2ul), Client.ReadRegion(0, 0, 16));
        for (int i = 0; i < 1000; i++)
            Client.TryWriteRegions(writes, out _);

        byte[] before = Client.ReadRegion(0, 0x64, 4);
        long own = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Client.PostWriteRegions(writes);
            Client.TryWriteRegions(writes, out _);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - own);
        Assert.Equal(before, Client.ReadRegion(0, 0x64, 4));
    }

    private static byte[] Entry(uint region, ulong offset, uint count, ulong value) => Raw.Bytes(offset, region, count, value);

    private static byte[] Message(params byte[][] entries) => Message(0, entries);

    private static byte[] Message(uint flags, params byte[][] entries) =>
        Raw.Message(WriteMulti, [.. Raw.Bytes((ulong)entries.Length), .. entries.SelectMany(e => e)], flags: flags);
}
