using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>DEVICE_FEATURE and the states of migration. Source: vfio-user, "VFIO_USER_DEVICE_FEATURE"; linux/vfio.h.</summary>
public sealed class DeviceFeatureTests : WireTest
{
    private const ushort DeviceFeature = 16;
    private const uint Migration = 1, State = 2;
    private const uint Get = 1 << 16, Set = 1 << 17, Probe = 1 << 18;

    public static TheoryData<uint, uint> Pairs()
    {
        var pairs = new TheoryData<uint, uint>();
        for (uint from = 1; from <= 4; from++)
        {
            for (uint to = 0; to <= 9; to++)
                pairs.Add(from, to);
        }
        return pairs;
    }

    [Fact]
    public void The_device_can_stop_and_copy_and_nothing_else() =>
        Assert.Equal(Raw.Bytes(16u, Migration | Get, 1ul), Accepted(Message(16, Migration | Get)));

    [Fact]
    public void A_request_may_have_room_for_the_answer_as_the_kernels_clients_send_it() =>
        Assert.Equal(Raw.Bytes(16u, Migration | Get, 1ul), Accepted(Message(16, Migration | Get, Raw.Bytes(0ul))));

    [Fact]
    public void A_device_runs_at_first() =>
        Assert.Equal(Raw.Bytes(16u, State | Get, 2u, 0u), Accepted(Message(16, State | Get)));

    [Fact]
    public void A_state_that_is_set_is_answered_with_the_request_and_can_be_got()
    {
        byte[] request = Message(16, State | Set, Raw.Bytes(1u, 0xffff_ffffu));
        Assert.Equal(request[16..], Accepted(request));
        Assert.Equal(Raw.Bytes(16u, State | Get, 1u, 0u), Accepted(Message(16, State | Get)));
    }

    [Theory]
    [InlineData(Migration | Probe)]
    [InlineData(Migration | Get | Probe)]
    [InlineData(State | Get | Set | Probe)]
    [InlineData(State | Set | Probe)]
    public void A_probe_is_answered_with_itself_and_does_nothing(uint flags)
    {
        byte[] request = Message(8, flags);
        Assert.Equal(request[16..], Accepted(request));
        request = Message(16, flags, Raw.Bytes(1u, 0u));
        Assert.Equal(request[16..], Accepted(request));
        Assert.Equal(VfioMigrationState.Running, Client.GetMigrationState());
    }

    [Theory]
    [InlineData(16, Migration | Set)]
    [InlineData(16, Migration | Get | Set)]
    [InlineData(16, Migration | Get | Set | Probe)]
    [InlineData(16, Migration | Set | Probe)]
    [InlineData(16, Migration)]
    [InlineData(16, State | Get | Set)]
    [InlineData(16, Migration | Get | (1 << 19))]
    [InlineData(16, Migration | Get | (1u << 31))]
    [InlineData(2, Migration | Get | Probe)]
    [InlineData(7, Migration | Get | Probe)]
    [InlineData(0, Migration | Get)]
    [InlineData(8, Migration | Get)]
    [InlineData(15, Migration | Get)]
    [InlineData(15, State | Get)]
    [InlineData(16, State | Set)]
    public void What_is_said_wrongly_is_refused(uint argsz, uint flags) => Refused(Message(argsz, flags));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(0xffff)]
    public void A_feature_that_the_device_does_not_have_is_refused_with_ENOTTY(uint feature)
    {
        Refused(Errno.ENOTTY, Message(16, feature | Get));
        Refused(Errno.ENOTTY, Message(16, feature | Set, Raw.Bytes(0ul)));
        Refused(Errno.ENOTTY, Message(16, feature | Get | Probe));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(15)]
    public void A_state_must_have_room_in_argsz(uint argsz) => Refused(Message(argsz, State | Set, Raw.Bytes(1u, 0u)));

    [Fact]
    public void A_request_cut_short_is_refused()
    {
        byte[] payload = Raw.Bytes(16u, State | Set, 1u, 0u);
        for (int length = 0; length < payload.Length; length++)
            Refused(Raw.Message(DeviceFeature, payload[..length]));
        Refused(Raw.Message(DeviceFeature, [.. Raw.Bytes(17u), .. payload[4..], 0]));
        Assert.Equal(VfioMigrationState.Running, Client.GetMigrationState());
    }

    [Fact]
    public void A_descriptor_is_refused()
    {
        using var eventFd = new EventFd();
        Refused(Message(16, Migration | Get), eventFd.Descriptor);
    }

    [Fact]
    public void Nothing_is_answered_where_no_answer_is_wanted()
    {
        Connection.Send(Raw.Message(DeviceFeature, Raw.Bytes(16u, State | Set, 1u, 0u), flags: Raw.NoReply));
        Connection.Send(Raw.Message(DeviceFeature, Raw.Bytes(16u, 99u | Get), flags: Raw.NoReply));
        Connection.Send(Raw.Message(DeviceFeature, Raw.Bytes(16u, Migration | Get), flags: Raw.NoReply));
        Assert.Equal(VfioMigrationState.Stop, Client.GetMigrationState());
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void From_each_state_there_is_a_way_to_each_that_the_device_has(uint from, uint to)
    {
        Client.SetMigrationState((VfioMigrationState)from);
        bool reachable = to is >= 1 and <= 4;
        Assert.Equal(reachable ? Errno.None : Errno.EINVAL, Client.TrySetMigrationState((VfioMigrationState)to));
        Assert.Equal((VfioMigrationState)(reachable ? to : from), Client.GetMigrationState());
    }

    [Theory]
    [InlineData(VfioMigrationState.Stop)]
    [InlineData(VfioMigrationState.StopCopy)]
    [InlineData(VfioMigrationState.Resuming)]
    public void A_reset_leads_from_each_state_to_running(VfioMigrationState state)
    {
        Client.WriteRegion(0, 0, 1, 2, 3, 4);
        Client.SetMigrationState(state);
        Client.Reset();
        Assert.Equal(VfioMigrationState.Running, Client.GetMigrationState());
        Assert.Equal(new byte[4], Client.ReadRegion(0, 0, 4));
        Client.WriteRegion(0, 0, 1);
    }

    [Theory]
    [InlineData(VfioMigrationState.Stop)]
    [InlineData(VfioMigrationState.StopCopy)]
    [InlineData(VfioMigrationState.Resuming)]
    public void A_device_that_does_not_run_answers_for_its_surroundings_and_takes_no_guests_writes(VfioMigrationState state)
    {
        using var guest = new SharedMemory(0x1000);
        using var eventFd = new EventFd();
        Client.WriteRegion(0, 0, 1, 2, 3, 4);
        Client.SetMigrationState(state);

        Refused(Raw.WriteMessage(0, 0, [9]));
        Refused(Raw.Message(15, Raw.Bytes(1ul, 0ul, 0u, 4u, 9ul)));
        Connection.Send(Raw.WriteMessage(0, 0, [9], flags: Raw.NoReply));
        Client.WriteRegion(7, 4, 2, 0);
        Assert.Equal(2, Client.ReadRegion(7, 4, 1)[0]);
        Client.MapDma(0x1000, 0x1000, guest);
        Client.UnmapDma(0x1000, 0x1000);
        Client.ArmIrqs(1, eventFd);
        AssertInStep();

        Client.SetMigrationState(VfioMigrationState.Running);
        Assert.Equal(new byte[] { 1, 2, 3, 4 }, Client.ReadRegion(0, 0, 4));
        Client.WriteRegion(0, 0, 9);
    }

    [Fact]
    public void Memory_of_a_stopped_device_is_read_and_not_written_however_much_at_once()
    {
        using var memory = new DeviceServer(new MemoryDevice());
        byte[] much = new byte[16 * MemoryDevice.Page];
        Array.Fill(much, (byte)7);
        memory.Client.WriteRegion(0, 0, much);
        memory.Client.SetMigrationState(VfioMigrationState.Stop);
        Assert.Equal(much, memory.Client.ReadRegion(0, 0, much.Length));
        Assert.Equal(Errno.EINVAL, memory.Client.TryWriteRegion(0, 0, new byte[much.Length]));
        Assert.Equal(Errno.EINVAL, memory.Client.TryWriteRegion(0, 0, new byte[4]));
        Assert.Equal(much, memory.Client.ReadRegion(0, 0, much.Length));
        memory.Client.SetMigrationState(VfioMigrationState.Running);
        memory.Client.WriteRegion(0, 0, new byte[much.Length]);
    }

    [Fact]
    public void A_read_of_a_stopped_device_has_no_side_effects()
    {
        Client.SetMigrationState(VfioMigrationState.Stop);
        Client.ReadRegion(0, 0x48, 4);
        Assert.Equal(0, Server.Device.Counters.Faults);
    }

    [Fact]
    public void The_next_client_finds_a_device_that_runs()
    {
        Client.WriteRegion(0, 0, 1, 2, 3, 4);
        foreach (VfioMigrationState state in (VfioMigrationState[])[VfioMigrationState.Stop, VfioMigrationState.StopCopy, VfioMigrationState.Resuming])
        {
            Client.SetMigrationState(state);
            Reconnect();
            Assert.Equal(VfioMigrationState.Running, Client.GetMigrationState());
            Assert.Equal(new byte[] { 1, 2, 3, 4 }, Client.ReadRegion(0, 0, 4));
        }
    }

    [Fact]
    public void Between_two_clients_a_stopped_device_stays_stopped()
    {
        Client.SetMigrationState(VfioMigrationState.StopCopy);
        Client.Dispose();
        Assert.True(Holdings.Eventually(() => Server.Log.Lines.Any(line => line.Contains("rests until the next one", StringComparison.Ordinal))));
        Assert.True(Server.Device.IsStopped);
    }

    private static byte[] Message(uint argsz, uint flags, byte[]? data = null) =>
        Raw.Message(DeviceFeature, Raw.Bytes(argsz, flags, data ?? []));
}
