using Mdev.Sdk.Device;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>DEVICE_GET_REGION_IO_FDS. Source: vfio-user, "VFIO_USER_DEVICE_GET_REGION_IO_FDS".</summary>
public sealed class DeviceGetRegionIoFdsTests : IDisposable
{
    private const ushort GetRegionIoFds = 6;

    private readonly DoorbellDevice _device = new();
    private readonly DeviceServer _server;

    public DeviceGetRegionIoFdsTests() => _server = new DeviceServer(_device);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Each_doorbell_has_an_entry_and_an_eventfd_of_its_own()
    {
        using VfioUserFrame reply = _server.Exchange(Message(16 + (6 * 40), 2));
        Assert.Equal(Errno.None, reply.Error);
        Assert.Equal(6, reply.Descriptors.Count);
        Assert.Equal(Raw.Bytes(16u + 240, 0u, 2u, 6u), reply.Payload[..16].ToArray());
        for (uint i = 0; i < 6; i++)
            Assert.Equal(Raw.Bytes(0x100ul + (8 * i), 4ul, i, 0u, 0u, 0u, 0ul), reply.Payload.Slice(16 + (int)(40 * i), 40).ToArray());
    }

    [Theory]
    [InlineData(16)]
    [InlineData(56)]
    [InlineData(16 + 239)]
    public void Without_room_for_all_there_is_none_and_the_reply_says_how_much_is_needed(uint argsz)
    {
        using VfioUserFrame reply = _server.Exchange(Message(argsz, 2));
        Assert.Empty(reply.Descriptors);
        Assert.Equal(Raw.Bytes(16u + 240, 0u, 2u, 6u), reply.Payload.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_region_without_doorbells_has_none(uint region)
    {
        using VfioUserFrame reply = _server.Exchange(Message(16, region));
        Assert.Equal(Raw.Bytes(16u, 0u, region, 0u), reply.Payload.ToArray());
    }

    [Theory]
    [InlineData(15, 0, 2, 0)]
    [InlineData(0, 0, 2, 0)]
    [InlineData(0x100001, 0, 2, 0)]
    [InlineData(uint.MaxValue, 0, 2, 0)]
    [InlineData(0x1000, 1, 2, 0)]
    [InlineData(0x1000, 0, 2, 1)]
    [InlineData(0x1000, 0, 1, 0)]
    [InlineData(0x1000, 0, 9, 0)]
    [InlineData(0x1000, 0, 512, 0)]
    [InlineData(0x1000, 0, uint.MaxValue, 0)]
    public void What_is_said_wrongly_is_refused(uint argsz, uint flags, uint region, uint count)
    {
        using VfioUserFrame reply = _server.Exchange(Raw.Message(GetRegionIoFds, Raw.Bytes(argsz, flags, region, count)));
        Assert.Equal((Errno.EINVAL, 16, 0), (reply.Error, reply.Bytes.Length, reply.Descriptors.Count));
    }

    [Fact]
    public void A_request_cut_short_is_refused()
    {
        byte[] payload = Message(0x1000, 2)[16..];
        for (int length = 0; length < payload.Length; length++)
        {
            using VfioUserFrame reply = _server.Exchange(Raw.Message(GetRegionIoFds, payload[..length]));
            Assert.Equal(Errno.EINVAL, reply.Error);
        }
    }

    [Fact]
    public void A_signal_rings_the_doorbell_without_a_message()
    {
        IReadOnlyList<VfioIoEvent> events = _server.Client.GetRegionIoEvents(2);
        events[4].Event!.Signal();
        Eventually((2, 4, 0));

        // The handler gets what was written last, as the eventfd carries nothing.
        _server.Client.WriteRegion(2, 0x120, Raw.Bytes(77u));
        events[4].Event!.Signal();
        events[1].Event!.Signal(5);
        Eventually((2, 4, 0), (2, 4, 77), (2, 4, 77), (2, 1, 0));
        Close(events);
    }

    [Fact]
    public void A_client_is_given_no_more_than_it_takes_and_the_others_ring_by_accesses()
    {
        IReadOnlyList<VfioIoEvent> events = _server.Client.GetRegionIoEvents(4);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => (4ul * (uint)i, 2ul)), events.Select(e => (e.Offset, e.Size)));
        events[15].Event!.Signal();
        Eventually((4, 15, 0));
        _server.Client.WriteRegion(4, 16 * 4, 5, 0);
        Eventually((4, 15, 0), (4, 16, 5));
        Close(events);
    }

    [Fact]
    public void Ports_are_said_to_be_ports_and_a_handler_that_throws_ends_nothing()
    {
        IReadOnlyList<VfioIoEvent> events = _server.Client.GetRegionIoEvents(5);
        Assert.Equal([2u, 2u], events.Select(e => e.Flags));
        events[0].Event!.Signal();
        Assert.True(Holdings.Eventually(() => _device.Counters.Faults == 1));
        _server.Client.GetDeviceInfo();
        Close(events);
    }

    [Fact]
    public void To_ask_again_gives_the_same_eventfds_once_more()
    {
        IReadOnlyList<VfioIoEvent> first = _server.Client.GetRegionIoEvents(2);
        int before = Holdings.Descriptors;
        IReadOnlyList<VfioIoEvent> second = _server.Client.GetRegionIoEvents(2);
        Assert.Equal(before + 6, Holdings.Descriptors);
        first[3].Event!.Signal();
        second[3].Event!.Signal();
        Assert.True(Holdings.Eventually(() => _device.Rings.Count > 0 && _device.Rings.All(ring => ring == (2, 3, 0))));
        Close(first);
        Close(second);
    }

    [Fact]
    public void A_client_that_has_gone_rings_nothing_and_leaves_nothing_behind()
    {
        int before = Holdings.Descriptors;
        IReadOnlyList<VfioIoEvent> events = _server.Client.GetRegionIoEvents(2);
        _server.Reconnect();
        events[0].Event!.Signal();
        IReadOnlyList<VfioIoEvent> again = _server.Client.GetRegionIoEvents(2);
        again[5].Event!.Signal();
        Eventually((2, 5, 0));
        Close(events);
        Close(again);
        _server.Reconnect();
        Holdings.AssertNoMoreDescriptorsThan(before);
    }

    [Fact]
    public void What_rang_before_a_stop_is_heard_by_then_and_what_rings_later_when_the_device_goes_on()
    {
        IReadOnlyList<VfioIoEvent> events = _server.Client.GetRegionIoEvents(2);
        events[0].Event!.Signal();
        _server.Client.SetMigrationState(VfioMigrationState.Stop);
        Assert.Equal([(2, 0, 0ul)], _device.Rings);
        events[1].Event!.Signal();
        _server.Client.GetDeviceInfo();
        Assert.Single(_device.Rings);
        _server.Client.SetMigrationState(VfioMigrationState.Running);
        Eventually((2, 0, 0), (2, 1, 0));
        Close(events);
    }

    [Fact]
    public void Rings_do_not_wait_for_a_client_that_always_has_something_to_say()
    {
        IReadOnlyList<VfioIoEvent> events = _server.Client.GetRegionIoEvents(2);
        byte[] flood = [.. Enumerable.Repeat(Raw.WriteMessage(0, 0, [1, 2, 3, 4], flags: Raw.NoReply), 1000).SelectMany(m => m)];
        events[2].Event!.Signal();
        for (int i = 0; i < 100 && _device.Rings.Count == 0; i++)
            _server.Client.Connection.Send(flood);
        Assert.Equal([(2, 2, 0ul)], _device.Rings);
        Close(events);
    }

    [Fact]
    public void Doorbells_that_clients_map_do_not_ring_by_eventfds()
    {
        using var mapped = new MappedDoorbells();
        var e = Assert.Throws<InvalidOperationException>(() => mapped.Realize(Guid.NewGuid(), NullLogger.Instance));
        Assert.Contains("set Mapped = false", e.Message, StringComparison.Ordinal);
    }

    // In any order: which of two eventfds was signalled first nobody can tell.
    private void Eventually(params (int Area, int Index, ulong Value)[] rings)
    {
        Assert.True(Holdings.Eventually(() => _device.Rings.Count >= rings.Length));
        Assert.Equal(rings.Order(), _device.Rings.Order());
    }

    private static byte[] Message(uint argsz, uint region) => Raw.Message(GetRegionIoFds, Raw.Bytes(argsz, 0u, region, 0u));

    private static void Close(IReadOnlyList<VfioIoEvent> events)
    {
        foreach (VfioIoEvent one in events)
            one.Event!.Dispose();
    }

    private sealed class MappedDoorbells : PciDevice
    {
        protected override void Declare(PciDeclaration pci) => pci
            .Identity(new PciDeviceAttribute(0x1234, 0x567a))
            .Bar(new DoorbellArea(1024, 4) { EventFds = true }, new BarAttribute(0, BarKind.Memory32));
    }
}
