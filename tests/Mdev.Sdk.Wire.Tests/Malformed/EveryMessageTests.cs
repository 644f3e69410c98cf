using System.Buffers.Binary;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Malformed;

/// <summary>
/// The same to each message of <see cref="WellFormed"/>: cut, repeated, posted, with lengths that lie and descriptors that nobody wants.
/// Whatever comes of it, the next message is answered, or the connection is closed and the next client is served.
/// </summary>
public sealed class EveryMessageTests : WireTest
{
    private readonly OddDescriptors _descriptors = new();

    public override void Dispose()
    {
        base.Dispose();
        _descriptors.Dispose();
    }

    public static TheoryData<string> Names => WellFormed.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_answered_the_same_wherever_it_is_cut(string name)
    {
        WellFormed message = WellFormed.Named(name);
        byte[] expected = Answer(message);
        for (int cut = 1; cut < message.Bytes.Length; cut++)
        {
            Connection.Send(message.Bytes.AsSpan(0, cut), _descriptors.Of(message.Descriptors));
            Thread.Sleep(1);
            Connection.Send(message.Bytes.AsSpan(cut));
            using VfioUserFrame reply = Connection.Receive();
            Assert.Equal(expected, reply.Bytes.ToArray());
            Undo(message);
        }
        AssertInStep();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_answered_the_same_as_often_as_it_is_in_one_send(string name)
    {
        WellFormed message = WellFormed.Named(name);
        if (message.Descriptors.Length > 0)
            return;
        byte[] expected = Answer(message);
        foreach (int count in (int[])[2, 3, 500])
        {
            Connection.Send([.. Enumerable.Repeat(message.Bytes, count).SelectMany(bytes => bytes)]);
            bool repeats = message.Bytes[2] != Raw.DmaMap;
            for (int i = 0; i < count; i++)
            {
                using VfioUserFrame reply = Connection.Receive();
                Assert.True(!repeats || i == 0 || reply.Bytes.SequenceEqual(expected), $"{i} of {count}: {Convert.ToHexString(reply.Bytes)}");
            }
            Undo(message);
        }
        AssertInStep();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void All_others_in_one_send_with_it_are_answered_in_turn(string name)
    {
        WellFormed message = WellFormed.Named(name);
        WellFormed[] others = [.. WellFormed.Commands.Where(other => other.Descriptors.Length == 0)];
        foreach (WellFormed other in others)
        {
            Connection.Send(message.Bytes, _descriptors.Of(message.Descriptors));
            Connection.Send([.. other.Bytes, .. Raw.GetInfoMessage(id: 77), .. other.Bytes]);
            foreach (ushort command in (ushort[])[Command(message), Command(other), Raw.GetInfo, Command(other)])
            {
                using VfioUserFrame reply = Connection.Receive();
                Assert.Equal(command, reply.Command);
            }
            Undo(message);
        }
        AssertInStep();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_of_its_lengths_may_lie(string name)
    {
        WellFormed message = WellFormed.Named(name);
        foreach ((int offset, int size) in message.Lengths)
        {
            ulong truth = size == 4 ? BitConverter.ToUInt32(message.Bytes, offset) : BitConverter.ToUInt64(message.Bytes, offset);
            ulong[] lies =
            [
                0, truth - 1, truth + 1, 0 - truth, 1 << 20, (1 << 20) + 1, int.MaxValue, 0x8000_0000, uint.MaxValue, 1ul << 32,
                (1ul << 32) + truth, 1ul << 63, ulong.MaxValue - 1, ulong.MaxValue,
            ];
            foreach (ulong lie in lies)
            {
                Connection.Send(message.With(offset, size, lie), _descriptors.Of(message.Descriptors));
                using VfioUserFrame reply = Connection.Receive();
                Assert.True(reply.Command == Command(message) && reply.Id == 1, $"offset {offset}, {lie:x}: {Convert.ToHexString(reply.Bytes)}");
                Assert.True(reply.Error == Errno.None || reply.Bytes.Length == 16, $"offset {offset}, {lie:x}: an error with a payload");
                AssertInStep();
                Undo(message);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fewer_bytes_than_it_needs_are_refused_and_more_are_not_read_as_the_next_message(string name)
    {
        WellFormed message = WellFormed.Named(name);
        for (int length = 16; length < message.Bytes.Length + 24; length += length < message.Bytes.Length + 2 ? 1 : 7)
        {
            byte[] bytes = message.Bytes.Length >= length ? message.Bytes[..length] : [.. message.Bytes, .. new byte[length - message.Bytes.Length]];
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), length);
            Connection.Send(bytes, _descriptors.Of(message.Descriptors));
            using VfioUserFrame reply = Connection.Receive();
            Assert.Equal(Command(message), reply.Command);
            if (length < message.Bytes.Length)
                Assert.Equal((Errno.EINVAL, 16), (reply.Error, reply.Bytes.Length));
            AssertInStep();
            Undo(message);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_a_wish_for_a_reply_it_gets_none_whether_it_succeeds_or_fails(string name)
    {
        WellFormed message = WellFormed.Named(name);
        byte[] posted = message.With(8, 4, Raw.NoReply);
        Connection.Send(posted, _descriptors.Of(message.Descriptors));
        AssertInStep();
        Undo(message);

        // More descriptors than any of them takes, one byte missing, and a command that is none.
        Connection.Send(posted, _descriptors.Of(message.Descriptors + "rrr"));
        AssertInStep();
        if (posted.Length > 16)
        {
            BinaryPrimitives.WriteInt32LittleEndian(posted.AsSpan(4), posted.Length - 1);
            Connection.Send(posted.AsSpan(0, posted.Length - 1));
            AssertInStep();
        }
        byte[] none = message.With(2, 2, 999);
        none[8] |= (byte)Raw.NoReply;
        Connection.Send(none, _descriptors.Of(message.Descriptors));
        AssertInStep();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void As_a_reply_to_a_command_that_was_never_sent_it_changes_nothing_and_the_next_client_is_served(string name)
    {
        WellFormed message = WellFormed.Named(name);
        foreach (uint flags in (uint[])[Raw.IsReply, Raw.IsReply | Raw.NoReply, Raw.IsReply | Raw.IsError, 2, 0xf])
        {
            Connection.Send(message.With(8, 4, flags), _descriptors.Of(message.Descriptors));
            Reconnect();
            AssertInStep();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Flags_and_error_of_a_command_that_mean_nothing_change_nothing(string name)
    {
        WellFormed message = WellFormed.Named(name);
        byte[] expected = Answer(message);
        foreach ((int offset, ulong value) in ((int, ulong)[])[(8, Raw.IsError), (8, 0xffff_ffc0), (12, 22), (12, uint.MaxValue)])
        {
            Connection.Send(message.With(offset, 4, value), _descriptors.Of(message.Descriptors));
            using VfioUserFrame reply = Connection.Receive();
            Assert.Equal(expected, reply.Bytes.ToArray());
            Undo(message);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_id_comes_back_with_its_reply(string name)
    {
        WellFormed message = WellFormed.Named(name);
        foreach (ushort id in (ushort[])[0, 1, 0x7fff, 0x8000, 0xffff])
        {
            Connection.Send(message.With(0, 2, id), _descriptors.Of(message.Descriptors));
            using VfioUserFrame reply = Connection.Receive();
            Assert.Equal((id, Command(message), Errno.None), (reply.Id, reply.Command, reply.Error));
            Undo(message);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Descriptors_of_any_kind_and_number_are_taken_or_refused_and_none_stays(string name)
    {
        WellFormed message = WellFormed.Named(name);
        Reconnect();
        int before = Holdings.Descriptors;
        foreach (char kind in _descriptors.Kinds)
        {
            foreach (int count in (int[])[1, 2, 3, 16, 17])
            {
                Connection.Send(message.Bytes, _descriptors.Of(new string(kind, count)));
                using VfioUserFrame reply = Connection.Receive();
                Assert.True(reply.Command == Command(message), $"{count} of '{kind}'");
                Assert.True(reply.Error == Errno.None || reply.Bytes.Length == 16, $"{count} of '{kind}': an error with a payload");
                AssertInStep();
                Undo(message);
            }
        }

        // What is taken is let go at the latest with the client.
        Reconnect();
        Holdings.AssertNoMoreDescriptorsThan(before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_client_that_ends_anywhere_in_it_leaves_nothing_behind(string name)
    {
        WellFormed message = WellFormed.Named(name);
        Reconnect();
        int before = Holdings.Descriptors;
        for (int length = 1; length <= message.Bytes.Length; length += 7)
        {
            Connection.Send(message.Bytes.AsSpan(0, length), _descriptors.Of(message.Descriptors));
            Reconnect();
        }
        AssertInStep();
        Holdings.AssertNoMoreDescriptorsThan(before);
        Assert.True(Holdings.Eventually(() => Holdings.SessionThreads == 1), "Threads stay.");
    }

    private static ushort Command(WellFormed message) => BinaryPrimitives.ReadUInt16LittleEndian(message.Bytes.AsSpan(2));

    // The answer to the message as it should be, which must be no error.
    private byte[] Answer(WellFormed message)
    {
        using VfioUserFrame reply = Exchange(message.Bytes, _descriptors.Of(message.Descriptors));
        Assert.Equal(Errno.None, reply.Error);
        byte[] answer = reply.Bytes.ToArray();
        Undo(message);
        return answer;
    }

    // Takes back what the message has mapped or armed, so that it can be sent once more.
    private void Undo(WellFormed message)
    {
        if (Command(message) is Raw.DmaMap)
            Accepted(Raw.UnmapMessage(0, 0, flags: 2));
        if (Command(message) is Raw.SetIrqs)
        {
            Accepted(Raw.SetIrqsMessage(0x21, 0, 0, 0));
            Accepted(Raw.SetIrqsMessage(0x21, 1, 0, 0));
        }
    }
}
