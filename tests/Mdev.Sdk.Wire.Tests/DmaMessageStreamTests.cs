using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>One socket for the commands of both sides. Source: vfio-user, "Message ID", "VFIO_USER_DMA_READ".</summary>
public sealed class DmaMessageStreamTests : DmaTest
{
    private const ulong Base = 0x4000_0000;

    [Fact]
    public void Commands_of_the_client_and_answers_to_the_server_may_mix()
    {
        byte[] first = new byte[4], second = new byte[4];
        ValueTask<bool> one = Read(Base, first), two = Read(Base + 4, second);
        using VfioUserFrame a = Request(Raw.DmaRead, Base, 4), b = Request(Raw.DmaRead, Base + 4, 4);

        // Ids are the sender's: those of the client's commands may be the same.
        Connection.Send(Raw.ReadMessage(7, 0, 4, id: b.Id));
        Answer(b, Pattern);
        Connection.Send(Raw.GetInfoMessage(id: a.Id));
        Answer(a, Pattern);
        using VfioUserFrame read = Connection.Receive(), info = Connection.Receive();
        Assert.Equal((b.Id, Raw.RegionRead, a.Id, Raw.GetInfo), (read.Id, read.Command, info.Id, info.Command));
        Assert.True(ResultOf(one) && ResultOf(two));
        Assert.Equal((Pattern(Base), Pattern(Base + 4)), (first[0], second[0]));
    }

    [Fact]
    public void An_answer_may_be_cut_at_any_byte()
    {
        byte[] memory = new byte[4];
        for (int cut = 1; cut < 36; cut++)
        {
            ValueTask<bool> read = Read(Base, memory);
            using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);
            byte[] reply = Raw.Message(Raw.DmaRead, Raw.Bytes(Base, 4ul, (uint)cut), request.Id, Raw.IsReply);
            Connection.Send(reply.AsSpan(0, cut));
            Thread.Sleep(1);
            Connection.Send(reply.AsSpan(cut));
            Assert.True(ResultOf(read));
            Assert.Equal(cut, memory[0]);
        }
    }

    [Fact]
    public void Descriptors_that_come_with_an_answer_are_closed()
    {
        using var eventFd = new EventFd();
        AnswerWith(eventFd);
        int before = Holdings.Descriptors;
        AnswerWith(eventFd);
        Assert.Equal(before, Holdings.Descriptors);

        void AnswerWith(EventFd descriptor)
        {
            ValueTask<bool> read = Read(Base, new byte[4]);
            using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);
            Connection.Send(
                Raw.Message(Raw.DmaRead, Raw.Bytes(Base, 4ul, 0u), request.Id, Raw.IsReply), descriptor.Descriptor);
            Assert.True(ResultOf(read));
            AssertInStep();
        }
    }

    [Fact]
    public void An_answer_that_nobody_asked_for_ends_the_connection()
    {
        ValueTask<bool> read = Read(Base, new byte[4]);
        using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);
        Connection.Send(Raw.Message(Raw.DmaRead, Raw.Bytes(Base, 4ul, 0u), (ushort)(request.Id + 1), Raw.IsReply));
        AssertEnded(Raw.DmaRead);
        Assert.False(ResultOf(read));
    }

    [Fact]
    public void An_answer_with_another_command_ends_the_connection()
    {
        ValueTask<bool> read = Read(Base, new byte[4]);
        using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);
        Connection.Send(Raw.Message(Raw.DmaWrite, Raw.Bytes(Base, 4ul), request.Id, Raw.IsReply));
        AssertEnded(Raw.DmaWrite);
        Assert.False(ResultOf(read));
    }

    [Fact]
    public void A_second_answer_ends_the_connection()
    {
        ValueTask<bool> read = Read(Base, new byte[4]);
        using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);
        Answer(request, Pattern);
        Assert.True(ResultOf(read));
        Answer(request, Pattern);
        AssertEnded(Raw.DmaRead);
    }

    [Fact]
    public void What_is_neither_command_nor_reply_ends_the_connection()
    {
        ValueTask<bool> read = Read(Base, new byte[4]);
        using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);
        Connection.Send(Raw.Message(Raw.DmaRead, Raw.Bytes(Base, 4ul, 0u), request.Id, flags: 3));
        AssertEnded(Raw.DmaRead);
        Assert.False(ResultOf(read));
    }

    [Fact]
    public void A_client_that_goes_ends_every_transfer_and_the_next_client_starts_anew()
    {
        Task<bool>[] reads = [.. Enumerable.Range(0, 100).Select(i => Read(Base + (uint)i, new byte[4]).AsTask())];
        var gone = Asking;
        Reconnect("""{"capabilities":{}}""");
        Assert.All(reads, read => Assert.False(ResultOf(read)));
        Assert.False(ResultOf(gone.ReadAsync(Base, new byte[4], default)));

        ValueTask<bool> next = Read(Base, new byte[4]);
        using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);
        Answer(request, Pattern);
        Assert.True(ResultOf(next));
    }

    [Fact]
    public void A_client_that_does_not_read_holds_up_nobody_and_gets_all_when_it_does()
    {
        // More than a socket holds, in messages of which none fits at once.
        byte[] memory = [.. Enumerable.Range(0, 1 << 20).Select(i => Pattern(Base + (uint)i))];
        Task<bool>[] writes = [.. Enumerable.Range(0, 8).Select(_ => Write(Base, memory).AsTask())];
        Connection.Send(Raw.GetInfoMessage(id: 77));

        int requests = 0, replies = 0;
        while (requests < 8 || replies < 1)
        {
            using VfioUserFrame message = Connection.Receive();
            if (message.Command == Raw.GetInfo)
            {
                replies++;
                continue;
            }
            requests++;
            AssertRequest(message, Raw.DmaWrite, Base, 1 << 20);
            Assert.True(message.Payload[16..].SequenceEqual(memory));
            Answer(message, Pattern);
        }
        Assert.All(writes, write => Assert.True(ResultOf(write)));
    }

    [Fact]
    public void A_request_that_is_out_in_part_when_the_client_goes_leaves_nothing_behind()
    {
        Task<bool> write = Write(Base, new byte[1 << 20]).AsTask();
        Reconnect("""{"capabilities":{}}""");
        Assert.False(ResultOf(write));
        AssertInStep();
        Assert.True(Holdings.Eventually(() => Holdings.SessionThreads == 1), "Threads of the client before stay.");
    }

    [Fact]
    public void A_request_that_is_made_during_an_access_is_sent_after_its_reply()
    {
        // On the device's lock the access cannot be over before the request is made.
        ValueTask<bool> read;
        lock (Server.Device.Gate)
        {
            Connection.Send(Raw.ReadMessage(0, 0, 4, id: 5));
            Assert.True(Holdings.Eventually(() => Asking.IsHeldBack), "The server does not begin with the access.");
            read = Read(Base, new byte[4]);
        }
        using VfioUserFrame reply = Connection.Receive();
        Assert.Equal((5, Raw.RegionRead), (reply.Id, reply.Command));
        using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);
        Answer(request, Pattern);
        Assert.True(ResultOf(read));
    }

    [Fact]
    public void A_request_that_is_made_during_a_refused_command_is_sent_after_the_refusal()
    {
        ValueTask<bool> read;
        lock (Server.Device.Gate)
        {
            Connection.Send(Raw.SetIrqsMessage(0x21, 99, 0, 0));
            Assert.True(Holdings.Eventually(() => Asking.IsHeldBack), "The server does not begin with the command.");
            read = Read(Base, new byte[4]);
        }
        using VfioUserFrame reply = Connection.Receive();
        Assert.Equal(Errno.EINVAL, reply.Error);
        using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);
        Answer(request, Pattern);
        Assert.True(ResultOf(read));
    }

    [Fact]
    public void A_client_of_rust_vmm_is_never_asked_and_the_operator_reads_once_why()
    {
        Reconnect("""{"capabilities":{"max_msg_fds":1}}""", minor: 1);
        for (int i = 0; i < 3; i++)
        {
            Assert.False(ResultOf(Read(Base, new byte[4])));
            Assert.False(ResultOf(Write(Base, new byte[4])));
        }
        AssertInStep();
        Assert.Single(Server.Log.Lines, line => line.Contains("cannot be asked for memory; start it with share=on", StringComparison.Ordinal));
    }

    private void AssertEnded(ushort command)
    {
        using (VfioUserFrame reply = Connection.Receive())
            Assert.Equal((command, Errno.EINVAL), (reply.Command, reply.Error));
        WireTest.AssertClosed(Connection);
        Reconnect("""{"capabilities":{}}""");
        AssertInStep();
    }
}
