using Mdev.Devices;
using Mdev.Sdk.Observation;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Observation;

/// <summary>What a trace tells of a device that a client uses.</summary>
public sealed class DeviceTraceTests
{
    private const uint Config = 7;

    [Fact]
    public void Registers_are_told_by_name_with_decoded_fields()
    {
        using var device = new Mtty.MttyDevice(1, new Mtty.MttyParent(_ => null));
        using var server = new DeviceServer(device);
        using var trace = new DeviceTrace(device);
        server.Client.WriteRegion(0, 3, 0x83);
        server.Client.WriteRegion(0, 0, 0x0c);
        server.Client.ReadRegion(0, 5, 1);
        Assert.Equal(
            ["BAR0+3 LCR  <- 0x83 (Format = 0x3, Break = false, DivisorLatch = true)", "BAR0+0 DLL  <- 0x0c", "BAR0+5 LSR  -> 0x60"],
            LinesOf(trace));
    }

    [Fact]
    public void Registers_that_are_narrower_than_their_bus_are_told_each_by_its_own_name()
    {
        using var device = new Edu();
        using var server = new DeviceServer(device);
        using var trace = new DeviceTrace(device);
        server.Client.WriteRegion(0, 0x24 + 0x3c, 1, 0, 0, 0);
        server.Client.ReadRegion(0, 0x24, 4);
        server.Client.ReadRegion(0, 0x20, 8);
        Assert.Equal(
            [
                "BAR0+60 InterruptRaise <- 0x00000001",
                "BAR0+24 InterruptStatus -> 0x00000001",
                "BAR0+20 Status -> 0x00000000 (Computing = false, RaiseInterrupt = false)",
                "BAR0+24 InterruptStatus -> 0x00000001",
            ],
            LinesOf(trace));
    }

    [Fact]
    public void Config_space_memory_and_refusals_are_told_without_registers()
    {
        var device = new MemoryDevice();
        using var server = new DeviceServer(device);
        using var trace = new DeviceTrace(device);
        server.Client.WriteRegion(Config, 4, 7, 0);
        server.Client.WriteRegion(2, 0x204, 1, 2, 3, 4);
        server.Client.ReadRegion(0, 0x100, 16);
        Assert.Equal(Errno.EINVAL, server.Client.TryReadRegion(3, 0, new byte[4]));
        server.Client.Reset();
        Assert.Equal(
            [
                "CONFIG+4 Command <- 0x0007", "BAR2+204 Small <- 0x04030201", "BAR0+100 Whole -> 16 bytes", "BAR3+0 -> refused with EINVAL",
                "reset by the client",
            ],
            LinesOf(trace));
    }

    [Fact]
    public void An_interrupt_lies_between_the_request_that_causes_it_and_the_reply()
    {
        using var device = new Exerciser(whole: true);
        using var server = new DeviceServer(device);
        using EventFd first = new(), second = new();
        server.Client.ArmIrqs(2, first, second);
        using var trace = new DeviceTrace(device);
        server.Client.WriteRegion(1, 4, 1, 0, 0, 0);
        List<TraceEvent> events = EventsOf(trace);
        Assert.Equal([TraceEventKind.Request, TraceEventKind.Interrupt, TraceEventKind.Register, TraceEventKind.Reply], events.Select(e => e.Kind));
        Assert.Equal(("MSI-X", 1), (events[1].InterruptName, events[1].Vector));
        Assert.Equal(events.Select(e => e.Time).Order(), events.Select(e => e.Time));
    }

    [Fact]
    public void Large_transfers_are_told_with_their_bytes()
    {
        var device = new MemoryDevice();
        using var server = new DeviceServer(device);
        using var trace = new DeviceTrace(device);
        byte[] page = [.. Enumerable.Range(0, 0x8000).Select(i => (byte)(i * 7))];
        server.Client.WriteRegion(0, 0, page);
        server.Client.ReadRegion(0, 0, page.Length);
        List<TraceEvent> events = EventsOf(trace);
        Assert.Equal(page, events[0].Data!.Value.ToArray());
        Assert.Equal(page, events[3].Data!.Value.ToArray());
    }

    [Fact]
    public void A_filter_wants_a_region_or_a_register()
    {
        using var device = new Mtty.MttyDevice(2, new Mtty.MttyParent(_ => null));
        using var server = new DeviceServer(device);
        using var byRegion = new DeviceTrace(device, new TraceFilter(Region: 1));
        using var byRegister = new DeviceTrace(device, new TraceFilter(Register: "scr"));
        server.Client.WriteRegion(0, 7, 1);
        server.Client.WriteRegion(1, 7, 2);
        server.Client.WriteRegion(1, 4, 3);
        Assert.Equal(["BAR1+7 SCR  <- 0x02", "BAR1+4 MCR  <- 0x03"], LinesOf(byRegion));
        List<TraceEvent> events = EventsOf(byRegister);
        Assert.Equal(6, events.Count);
        Assert.Equal(["SCR", "SCR"], events.Where(e => e.Kind == TraceEventKind.Register).Select(e => e.Name));
    }

    [Fact]
    public void A_register_of_an_array_is_found_by_the_arrays_name()
    {
        var filter = new TraceFilter(Register: "Channels");
        Assert.True(filter.Has("Channels[3].Source"));
        Assert.True(filter.Has("Channels"));
        Assert.False(filter.Has("ChannelsInUse"));
        Assert.False(filter.Has((string?)null));
    }

    [Fact]
    public void Several_traces_follow_one_device_and_each_sees_all()
    {
        using var device = new Edu();
        using var server = new DeviceServer(device);
        using DeviceTrace first = new(device), second = new(device);
        server.Client.ReadRegion(0, 0, 4);
        Assert.Equal(LinesOf(first), LinesOf(second));
    }

    [Fact]
    public void What_is_read_too_slowly_is_lost_and_counted_and_the_device_goes_on()
    {
        using var device = new Edu();
        using var server = new DeviceServer(device);
        using var trace = new DeviceTrace(device, ring: new TraceRing(entries: 9, bytes: 64));
        for (int i = 0; i < 10; i++)
            server.Client.ReadRegion(0, 0, 4);
        List<TraceEvent> events = EventsOf(trace);
        Assert.Equal(3, events.Count(e => e.Kind == TraceEventKind.Reply));
        Assert.Equal((TraceEventKind.Lost, 7L), (events[^1].Kind, events[^1].Lost!.Value));

        server.Client.ReadRegion(0, 0, 4);
        Assert.Equal(["BAR0+0 Identification -> 0x010000ed"], LinesOf(trace));
    }

    [Fact]
    public void Where_accesses_are_lost_the_trace_says_so_in_place()
    {
        using var device = new Edu();
        using var server = new DeviceServer(device);
        using var trace = new DeviceTrace(device, ring: new TraceRing(entries: 3, bytes: 64));
        server.Client.ReadRegion(0, 0, 4);
        server.Client.ReadRegion(0, 0, 4);
        Assert.True(trace.TryRead(out _));
        Assert.True(trace.TryRead(out _));
        Assert.True(trace.TryRead(out _));
        server.Client.ReadRegion(0, 4, 4);
        Assert.Equal(["(1 accesses lost)", "BAR0+4 Liveness -> 0x00000000"], LinesOf(trace));
    }

    [Fact]
    public async Task A_trace_ends_with_its_device()
    {
        var device = new Edu();
        var server = new DeviceServer(device);
        using var trace = new DeviceTrace(device);
        server.Client.ReadRegion(0, 0, 4);
        server.Dispose();
        var read = new List<TraceEvent>();
        await foreach (TraceEvent next in trace.ReadAsync())
            read.Add(next);
        Assert.Equal(3, read.Count);
    }

    internal static List<TraceEvent> EventsOf(DeviceTrace trace)
    {
        var events = new List<TraceEvent>();
        while (trace.TryRead(out TraceEvent? next))
            events.Add(next!);
        return events;
    }

    private static List<string> LinesOf(DeviceTrace trace)
    {
        var text = new TraceText();
        return [.. EventsOf(trace).Select(text.LineOf).OfType<string>()];
    }
}
