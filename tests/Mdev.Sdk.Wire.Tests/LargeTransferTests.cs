using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>
/// Many bytes to and from memory, which go between socket and memory without a copy: whatever the client does meanwhile, and however
/// the message comes in pieces, it is as if they were copied. Source: vfio-user, "VFIO_USER_REGION_READ", "VFIO_USER_REGION_WRITE".
/// </summary>
public sealed class LargeTransferTests : IDisposable
{
    private const int Size = 16 * MemoryDevice.Page;
    private const int Head = 32;

    private readonly MemoryDevice _device = new();
    private readonly DeviceServer _server;

    public LargeTransferTests() => _server = new(_device);

    private VfioUserConnection Connection => _server.Client.Connection;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void What_is_written_is_read_and_each_counts_as_one_access()
    {
        byte[] data = Random(Size);
        _server.Client.WriteRegion(0, 0, data);
        Assert.Equal(data, _server.Client.ReadRegion(0, 0, Size));
        Assert.Equal(data[123..50_000], _server.Client.ReadRegion(0, 123, 50_000 - 123));
        Assert.Equal(3, _device.Whole.Traps);
        Assert.Equal(data, _device.Whole.Slice(0, Size).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Head - 1)]
    [InlineData(Head)]
    [InlineData(Head + 1)]
    [InlineData(8191)]
    [InlineData(8192)]
    [InlineData(8193)]
    [InlineData(Head + 50_000 - 1)]
    public void A_write_cut_anywhere_is_put_together(int cut)
    {
        byte[] data = Random(50_000);
        byte[] message = Raw.WriteMessage(0, 7, data, id: 3);
        Connection.Send(message.AsSpan(0, cut));
        Thread.Sleep(2);
        Connection.Send([.. message[cut..], .. Raw.ReadMessage(0, 7, 4, id: 4)]);
        using VfioUserFrame written = Connection.Receive(), read = Connection.Receive();
        Assert.Equal((3, Errno.None, Head), (written.Id, written.Error, written.Bytes.Length));
        Assert.Equal((4, Errno.None), (read.Id, read.Error));
        Assert.Equal(data[..4], read.Payload[16..].ToArray());
        Assert.Equal(data, _device.Whole.Slice(7, data.Length).ToArray());
    }

    [Fact]
    public void Posted_writes_get_no_reply_and_come_in_order()
    {
        for (int i = 0; i < 20; i++)
        {
            byte[] data = new byte[40_000];
            Array.Fill(data, (byte)i);
            Connection.Send(Raw.WriteMessage(0, 0, data, flags: Raw.NoReply));
            Connection.Send(Raw.WriteMessage(0, 1, [0xee], flags: Raw.NoReply));
        }
        Assert.Equal(new byte[] { 19, 0xee, 19 }, _server.Client.ReadRegion(0, 0, 3));
    }

    [Fact]
    public void An_access_over_the_borders_of_memory_reaches_all_that_lies_there()
    {
        byte[] data = Random(6 * MemoryDevice.Page);
        _server.Client.WriteRegion(2, MemoryDevice.Page, data);
        Assert.Equal(data[..(2 * MemoryDevice.Page)], _device.Part.Slice(0, 2 * MemoryDevice.Page).ToArray());
        Assert.Equal(data[^MemoryDevice.Page..], _device.Far.Slice(0, MemoryDevice.Page).ToArray());

        byte[] read = _server.Client.ReadRegion(2, MemoryDevice.Page, data.Length);
        Assert.Equal(data[..(3 * MemoryDevice.Page)], read[..(3 * MemoryDevice.Page)]);
        Assert.Equal(new byte[2 * MemoryDevice.Page], read[(3 * MemoryDevice.Page)..(5 * MemoryDevice.Page)]);
    }

    [Theory]
    [InlineData(0, 1, 50_000u)]
    [InlineData(0, Size - 49_999, 50_000u)]
    [InlineData(0, 0, 49_999u)]
    [InlineData(0, 0, 50_001u)]
    [InlineData(3, 0, 50_000u)]
    [InlineData(99, 0, 50_000u)]
    public void A_write_that_is_refused_writes_nothing_and_the_stream_stays_in_step(uint region, ulong offset, uint count)
    {
        byte[] message = Raw.WriteMessage(region, offset, Random(50_000), id: 8, count: count);
        bool isGood = region == 0 && offset == 1;
        Connection.Send([.. message, .. Raw.ReadMessage(0, 0, 1, id: 9)]);
        using VfioUserFrame first = Connection.Receive(), second = Connection.Receive();
        Assert.Equal((8, isGood ? Errno.None : Errno.EINVAL), (first.Id, first.Error));
        Assert.Equal((9, Errno.None), (second.Id, second.Error));
        Assert.Equal(isGood, _device.Whole.Slice(0, Size).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Descriptors_in_the_middle_of_the_bytes_are_refused_and_closed()
    {
        using var eventFd = new EventFd();
        byte[] message = Raw.WriteMessage(0, 0, Random(50_000), id: 5);
        int before = Holdings.Descriptors;
        Connection.Send(message.AsSpan(0, 20_000));
        Thread.Sleep(2);
        Connection.Send(message.AsSpan(20_000), eventFd.Descriptor);
        using (VfioUserFrame reply = Connection.Receive())
            Assert.Equal((5, Errno.EINVAL), (reply.Id, reply.Error));
        Assert.Equal(new byte[] { 0x34, 0x12 }, _server.Client.ReadRegion(7, 0, 2));
        Holdings.AssertNoMoreDescriptorsThan(before);
    }

    [Fact]
    public void A_client_that_dawdles_in_the_middle_keeps_nobody_from_the_device_and_one_that_goes_ends_like_any()
    {
        byte[] message = Raw.WriteMessage(0, 0, Random(50_000));
        Connection.Send(message.AsSpan(0, 20_000));
        Assert.True(Holdings.Eventually(() => _device.Whole.Slice(19_000, 1)[0] == message[Head + 19_000]));
        AssertDeviceIsFree();

        _server.Reconnect();
        Assert.Equal(message[Head..1032], _server.Client.ReadRegion(0, 0, 1000));
    }

    [Fact]
    public void A_client_that_does_not_read_its_replies_keeps_nobody_from_the_device()
    {
        for (int i = 0; i < 100; i++)
            Connection.Send(Raw.ReadMessage(0, 0, Size));
        Assert.True(Holdings.Eventually(() => _device.Whole.Traps > 1));
        AssertDeviceIsFree();

        _server.Reconnect();
        Assert.Equal(new byte[4], _server.Client.ReadRegion(0, 0, 4));
    }

    // An access from another side needs the device's lock.
    private void AssertDeviceIsFree() =>
        Assert.True(Task.Run(() => _device.Peek(7, 0, new byte[4])).Wait(TimeSpan.FromSeconds(10)));

    private static byte[] Random(int count)
    {
        byte[] data = new byte[count];
        new Random(20261125).NextBytes(data);
        return data;
    }
}
