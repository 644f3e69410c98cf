using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Malformed;

/// <summary>Headers after which nobody knows where the next one begins: an answer, and the end. Source: vfio-user, "Header".</summary>
public sealed class FramingTests : WireTest
{
    private const uint Largest = 16 + 16 + Raw.MaxTransfer + 4096;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(Largest + 1)]
    [InlineData(0x80000000)]
    [InlineData(uint.MaxValue)]
    public void A_size_that_no_message_has_ends_the_connection(uint size) =>
        AssertEnds(Raw.Bytes((ushort)5, Raw.GetInfo, size, 0u, 0u));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(0x21)]
    public void A_message_that_is_no_command_ends_the_connection(uint flags) => AssertEnds(Raw.GetInfoMessage(flags: flags));

    [Fact]
    public void Nothing_that_follows_is_carried_out()
    {
        Connection.Send([.. Raw.Bytes((ushort)5, Raw.Reset, 15u, 0u, 0u), .. Raw.WriteMessage(0, 0, [0x99])]);
        using (VfioUserFrame reply = Connection.Receive())
            Assert.Equal(Errno.EINVAL, reply.Error);
        AssertClosed(Connection);
        Reconnect();
        Assert.Equal(new byte[1], Client.ReadRegion(0, 0, 1));
    }

    [Fact]
    public void Without_a_wish_for_replies_the_connection_ends_without_one()
    {
        Connection.Send(Raw.Bytes((ushort)5, Raw.GetInfo, 15u, Raw.NoReply, 0u));
        AssertClosed(Connection);
        Reconnect();
        AssertInStep();
    }

    [Fact]
    public void The_largest_message_is_read_to_its_end_and_refused()
    {
        Refused(Raw.Message(999, new byte[Largest - 16]));
        Refused(Raw.Message(Raw.RegionRead, new byte[Largest - 16]));
    }

    [Theory]
    [InlineData(15u)]
    [InlineData(Largest + 1)]
    public void A_size_that_no_message_has_before_the_version_ends_the_connection_too(uint size)
    {
        Client.Dispose();
        using (VfioUserConnection connection = Server.Connect())
        {
            connection.Send(Raw.Bytes((ushort)5, Raw.Version, size, 0u, 0u));
            using VfioUserFrame reply = connection.Receive();
            Assert.Equal(Errno.EINVAL, reply.Error);
            AssertClosed(connection);
        }
        Reconnect();
        AssertInStep();
    }

    [Fact]
    public void Descriptors_that_came_with_it_are_closed()
    {
        using var eventFd = new EventFd();
        AssertEnds(Raw.Bytes((ushort)5, Raw.SetIrqs, 15u, 0u, 0u), eventFd.Descriptor);
        int before = Holdings.Descriptors;
        AssertEnds(Raw.Bytes((ushort)5, Raw.SetIrqs, 15u, 0u, 0u), eventFd.Descriptor, eventFd.Descriptor);
        Assert.Equal(before, Holdings.Descriptors);
    }

    private void AssertEnds(byte[] message, params ReadOnlySpan<int> descriptors)
    {
        Connection.Send(message, descriptors);
        using (VfioUserFrame reply = Connection.Receive())
        {
            Assert.Equal(message[..4], reply.Bytes[..4].ToArray());
            Assert.Equal(Raw.IsReply | Raw.IsError, reply.Flags);
            Assert.Equal(Errno.EINVAL, reply.Error);
            Assert.Equal(16, reply.Bytes.Length);
        }
        AssertClosed(Connection);
        Reconnect();
        AssertInStep();
    }
}
