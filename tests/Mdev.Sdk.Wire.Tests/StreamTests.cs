using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>A stream has no packets: messages come in pieces, or several at once. Source: vfio-user, "Message sizes".</summary>
public sealed class StreamTests : WireTest
{
    [Fact]
    public void A_message_cut_at_any_byte_is_put_together()
    {
        byte[] message = Raw.WriteMessage(0, 4, [1, 2, 3, 4, 5, 6, 7, 8], id: 77);
        for (int cut = 1; cut < message.Length; cut++)
        {
            Connection.Send(message.AsSpan(0, cut));
            LetTheServerRead();
            Connection.Send(message.AsSpan(cut));
            using VfioUserFrame reply = Connection.Receive();
            Assert.Equal(77, reply.Id);
            Assert.Equal(Errno.None, reply.Error);
        }
        Assert.Equal(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, Client.ReadRegion(0, 4, 8));
    }

    [Fact]
    public void Descriptors_come_with_the_first_part_of_a_message_cut_at_any_byte()
    {
        byte[] message = Raw.SetIrqsMessage(0x24, 0, 0, 1);
        for (int cut = 1; cut < message.Length; cut++)
        {
            using var interrupt = new EventFd();
            Connection.Send(message.AsSpan(0, cut), interrupt.Descriptor);
            LetTheServerRead();
            Connection.Send(message.AsSpan(cut));
            using VfioUserFrame reply = Connection.Receive();
            Assert.Equal(Errno.None, reply.Error);

            Client.WriteRegion(0, 0x40, 1, 0, 0, 0);
            Assert.Equal(1ul, interrupt.Take());
            Client.WriteRegion(0, 0x40, 0, 0, 0, 0);
        }
    }

    [Fact]
    public void The_version_may_come_byte_by_byte()
    {
        Client.Dispose();
        using VfioUserConnection connection = Server.Connect();
        foreach (byte one in Raw.VersionMessage())
            connection.Send([one]);
        using VfioUserFrame reply = connection.Receive();
        Assert.Equal(Errno.None, reply.Error);
    }

    [Fact]
    public void Two_messages_in_one_send_get_two_replies_in_order()
    {
        Connection.Send([.. Raw.GetInfoMessage(id: 1), .. Raw.ReadMessage(7, 0, 4, id: 2)]);
        using VfioUserFrame first = Connection.Receive(), second = Connection.Receive();
        Assert.Equal((1, 2), (first.Id, second.Id));
        Assert.Equal((Raw.GetInfo, Raw.RegionRead), (first.Command, second.Command));
    }

    [Fact]
    public void The_version_and_what_follows_may_come_in_one_send()
    {
        Client.Dispose();
        using VfioUserConnection connection = Server.Connect();
        connection.Send([.. Raw.VersionMessage(), .. Raw.GetInfoMessage(id: 2)]);
        using VfioUserFrame version = connection.Receive(), info = connection.Receive();
        Assert.Equal((Raw.Version, Raw.GetInfo), (version.Command, info.Command));
        Assert.Equal(Errno.None, info.Error);
    }

    [Fact]
    public void A_cut_may_lie_in_the_second_of_two_messages()
    {
        byte[] both = [.. Raw.GetInfoMessage(id: 1), .. Raw.ReadMessage(7, 0, 4, id: 2)];
        for (int cut = 1; cut < both.Length; cut++)
        {
            Connection.Send(both.AsSpan(0, cut));
            LetTheServerRead();
            Connection.Send(both.AsSpan(cut));
            using VfioUserFrame first = Connection.Receive(), second = Connection.Receive();
            Assert.Equal((1, 2), (first.Id, second.Id));
        }
    }

    [Fact]
    public void Ids_may_repeat()
    {
        Connection.Send([.. Raw.GetInfoMessage(id: 9), .. Raw.GetInfoMessage(id: 9), .. Raw.ReadMessage(7, 0, 1, id: 9)]);
        for (int i = 0; i < 3; i++)
        {
            using VfioUserFrame reply = Connection.Receive();
            Assert.Equal(9, reply.Id);
        }
    }

    [Fact]
    public void A_refused_message_between_two_others_changes_neither()
    {
        Connection.Send(
            [.. Raw.WriteMessage(0, 0, [1], id: 1), .. Raw.Message(999, new byte[5000], id: 2), .. Raw.ReadMessage(0, 0, 1, id: 3)]);
        using VfioUserFrame first = Connection.Receive(), second = Connection.Receive(), third = Connection.Receive();
        Assert.Equal((Errno.None, Errno.EINVAL, Errno.None), (first.Error, second.Error, third.Error));
        Assert.Equal(1, third.Payload[^1]);
    }

    [Fact]
    public void Each_message_gets_the_descriptors_that_were_sent_with_it()
    {
        using EventFd a = new(), b = new();
        Connection.Send(Raw.GetInfoMessage());
        Connection.Send(Raw.SetIrqsMessage(0x24, 1, 0, 1), a.Descriptor);
        Connection.Send(Raw.GetInfoMessage());
        Connection.Send(Raw.SetIrqsMessage(0x24, 1, 1, 1), b.Descriptor);
        for (int i = 0; i < 4; i++)
        {
            using VfioUserFrame reply = Connection.Receive();
            Assert.Equal(Errno.None, reply.Error);
        }

        Client.WriteRegion(0, 0x44, Raw.Bytes(1u));
        Assert.Equal((0ul, 1ul), (a.Take(), b.Take()));
        Client.WriteRegion(0, 0x44, Raw.Bytes(0u));
        Assert.Equal((1ul, 0ul), (a.Take(), b.Take()));
    }

    [Fact]
    public void A_thousand_messages_in_flight_are_answered_in_order()
    {
        var stream = new List<byte>();
        for (ushort id = 0; id < 1000; id++)
            stream.AddRange(Raw.ReadMessage(7, 0, 1 + (id % 200u), id));
        Connection.Send(stream.ToArray());
        for (ushort id = 0; id < 1000; id++)
        {
            using VfioUserFrame reply = Connection.Receive();
            Assert.Equal(id, reply.Id);
            Assert.Equal(32 + 1 + (id % 200), reply.Bytes.Length);
        }
    }

    [Fact]
    public void A_command_without_reply_gets_none_whatever_it_is()
    {
        using var eventFd = new EventFd();
        byte[][] messages =
        [
            Raw.VersionMessage(),
            Raw.MapMessage(0x1000, 0x1000),
            Raw.MapMessage(0x1000, 0),
            Raw.UnmapMessage(0x1000, 0x1000),
            Raw.UnmapMessage(0x1000, 0x1000),
            Raw.GetInfoMessage(),
            Raw.GetInfoMessage(argsz: 0),
            Raw.RegionInfoMessage(0),
            Raw.RegionInfoMessage(99),
            Raw.IrqInfoMessage(0),
            Raw.IrqInfoMessage(99),
            Raw.SetIrqsMessage(0x21, 0, 0, 0),
            Raw.SetIrqsMessage(0xff, 0, 0, 0),
            Raw.ReadMessage(0, 0, 4),
            Raw.ReadMessage(99, 0, 4),
            Raw.WriteMessage(0, 0, [1]),
            Raw.WriteMessage(99, 0, [1]),
            Raw.ResetMessage(),
            Raw.Message(Raw.Reset, [1]),
            Raw.Message(999, []),
        ];

        foreach (byte[] message in messages)
        {
            message[8] |= (byte)Raw.NoReply;
            Connection.Send(message);
            AssertInStep();
            Connection.Send(message, eventFd.Descriptor);
            AssertInStep();
        }
    }

    // Not for a result, only so that the pieces do not always meet again in the kernel.
    private static void LetTheServerRead() => Thread.Sleep(1);
}
