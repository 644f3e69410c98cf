using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>Clients that come, go and push in. Source: vfio-user, "Socket Disconnect Behavior".</summary>
public sealed class ConnectionTests : WireTest
{
    [Fact]
    public void A_second_client_is_refused_with_EBUSY_and_the_first_notices_nothing()
    {
        using (VfioUserConnection second = Server.Connect())
        {
            second.Send(Raw.VersionMessage());
            using VfioUserFrame reply = second.Receive();
            Assert.Equal(Raw.Bytes((ushort)1, Raw.Version, 16u, Raw.IsReply | Raw.IsError, 16u), reply.Bytes.ToArray());
            Assert.Equal(Errno.EBUSY, reply.Error);
            AssertClosed(second);
        }
        AssertInStep();
        Assert.Contains(Server.Log.Lines, line => line.Contains("second client", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_client_that_says_nothing_is_disconnected()
    {
        using VfioUserConnection second = Server.Connect();
        AssertClosed(second);
        AssertInStep();
    }

    [Fact]
    public void A_second_client_that_wants_no_reply_is_disconnected_without_one()
    {
        using VfioUserConnection second = Server.Connect();
        second.Send(Raw.Message(Raw.Version, Raw.VersionMessage()[16..], flags: Raw.NoReply));
        AssertClosed(second);
        AssertInStep();
    }

    [Fact]
    public void Many_clients_too_many_leave_nothing_behind()
    {
        AssertSecondClientRefused();
        int before = Holdings.Descriptors;
        for (int i = 0; i < 50; i++)
            AssertSecondClientRefused();
        Holdings.AssertNoMoreDescriptorsThan(before);
        AssertInStep();
    }

    [Fact]
    public void The_next_client_is_served_even_if_it_comes_in_the_same_instant()
    {
        for (int i = 0; i < 200; i++)
        {
            Client.PostWriteRegion(0, 0, Raw.Bytes((uint)i));
            Reconnect();
            Assert.Equal(Raw.Bytes((uint)i), Client.ReadRegion(0, 0, 4));
        }
    }

    [Fact]
    public void The_next_client_is_served_after_one_that_left_much_work()
    {
        byte[] write = Raw.WriteMessage(2, 0, new byte[65536], flags: Raw.NoReply);
        for (int i = 0; i < 20; i++)
            Connection.Send(write);
        Connection.Send(Raw.WriteMessage(0, 0, Raw.Bytes(0x600dcafeu), flags: Raw.NoReply));
        Reconnect();
        Assert.Equal(Raw.Bytes(0x600dcafeu), Client.ReadRegion(0, 0, 4));
    }

    [Fact]
    public void The_next_client_is_served_after_one_that_never_read_its_replies()
    {
        for (int i = 0; i < 64; i++)
            Connection.Send(Raw.ReadMessage(2, 0, Raw.MaxTransfer));
        Reconnect();
        AssertInStep();
    }

    [Fact]
    public void A_device_keeps_its_state_from_one_client_to_the_next()
    {
        Client.WriteRegion(0, 0x10, 0xde, 0xad, 0xbe, 0xef);
        Client.WriteRegion(7, 0x3c, 0x0b);
        Reconnect();
        Assert.Equal(new byte[] { 0xde, 0xad, 0xbe, 0xef }, Client.ReadRegion(0, 0x10, 4));
        Assert.Equal(new byte[] { 0x0b }, Client.ReadRegion(7, 0x3c, 1));
    }

    [Fact]
    public void What_was_sent_before_the_sending_half_is_closed_is_answered()
    {
        Connection.Send(Raw.GetInfoMessage(id: 7));
        Connection.ShutdownSend();
        using VfioUserFrame reply = Connection.Receive();
        Assert.Equal(7, reply.Id);
        AssertClosed(Connection);
    }

    [Fact]
    public void A_hundred_clients_killed_at_random_points_leave_nothing_behind()
    {
        using var eventFd = new EventFd();
        using var guest = new SharedMemory(0x10000);
        var random = new Random(20261122);
        KillAtRandomPoint(random, eventFd, guest);
        Reconnect();
        int descriptors = Holdings.Descriptors;

        for (int i = 0; i < 100; i++)
            KillAtRandomPoint(random, eventFd, guest);

        Reconnect();
        AssertInStep();
        Holdings.AssertNoMoreDescriptorsThan(descriptors);
        Assert.True(Holdings.Eventually(() => Holdings.SessionThreads == 1), "Threads of killed clients stay.");
        Client.WriteRegion(0, 0x50, Raw.Bytes(0x1000ul));
        Client.WriteRegion(0, 0x58, Raw.Bytes(4u));
        Assert.Equal(0, Client.ReadRegion(0, 0x60, 4)[0]);
    }

    [Fact]
    public void A_server_that_ends_takes_client_thread_descriptors_and_socket_with_it()
    {
        using (var first = new TestServer())
        using (first.ConnectClient())
        {
        }
        int descriptors = Holdings.Descriptors;

        var server = new TestServer();
        using (VfioUserClient client = server.ConnectClient())
        using (var interrupt = new EventFd())
        {
            client.ArmIrqs(0, interrupt);
            server.Dispose();
            AssertClosed(client.Connection);
        }

        Assert.False(File.Exists(server.Path));
        Holdings.AssertNoMoreDescriptorsThan(descriptors);
        Assert.True(Holdings.Eventually(() => Holdings.SessionThreads == 1), "Threads of an ended server stay.");
    }

    // Ends the present client in the middle of what QEMU does at its start.
    private void KillAtRandomPoint(Random random, EventFd eventFd, SharedMemory guest)
    {
        Client.Dispose();
        (byte[] Message, int Descriptor)[] start =
        [
            (Raw.VersionMessage(), -1),
            (Raw.MapMessage(0x1000, 0x10000), guest.Descriptor),
            (Raw.GetInfoMessage(), -1),
            (Raw.RegionInfoMessage(0), -1),
            (Raw.SetIrqsMessage(0x24, 0, 0, 1), eventFd.Descriptor),
            (Raw.SetIrqsMessage(0x14, 0, 0, 1), eventFd.Descriptor),
            (Raw.WriteMessage(0, 0x40, [1, 0, 0, 0], flags: Raw.NoReply), -1),
            (Raw.ReadMessage(2, 0, 100_000), -1),
            (Raw.ResetMessage(), -1),
        ];

        using VfioUserConnection connection = Server.Connect();
        int last = random.Next(start.Length);
        for (int i = 0; i <= last; i++)
        {
            (byte[] message, int descriptor) = start[i];
            int length = i < last ? message.Length : random.Next(1, message.Length + 1);
            // The server may have refused a client that came before the last one was gone; then nobody reads this.
            ReadOnlySpan<int> descriptors = descriptor < 0 ? [] : [descriptor];
            if (!connection.TrySend(message.AsSpan(0, length), descriptors))
                return;
            if (i == 0 && i < last)
                connection.TryReceive()?.Dispose();
        }
    }

    private void AssertSecondClientRefused()
    {
        using VfioUserConnection second = Server.Connect();
        second.Send(Raw.VersionMessage());
        using VfioUserFrame reply = second.Receive();
        Assert.Equal(Errno.EBUSY, reply.Error);
        AssertClosed(second);
    }
}
