using System.Text;
using System.Text.Json;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>VERSION. Source: vfio-user, "VFIO_USER_VERSION".</summary>
public sealed class VersionTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void The_reply_is_0_0_with_the_capabilities_of_the_server()
    {
        using VfioUserConnection connection = _server.Connect();
        connection.Send(Raw.VersionMessage());
        using VfioUserFrame reply = connection.Receive();

        Assert.Equal(Raw.Bytes((ushort)1, Raw.Version), reply.Bytes[..4].ToArray());
        Assert.Equal(Raw.IsReply, reply.Flags);
        Assert.Empty(reply.Descriptors);
        Assert.Equal(Raw.Bytes((ushort)0, (ushort)0), reply.Payload[..4].ToArray());
        Assert.Equal(0, reply.Payload[^1]);

        JsonElement capabilities = JsonDocument.Parse(reply.Payload[4..^1].ToArray()).RootElement.GetProperty("capabilities");
        Assert.Equal(16, capabilities.GetProperty("max_msg_fds").GetInt32());
        Assert.Equal(1048576, capabilities.GetProperty("max_data_xfer_size").GetInt32());
        Assert.Equal(65535, capabilities.GetProperty("max_dma_maps").GetInt32());
        Assert.Equal(4096, capabilities.GetProperty("pgsizes").GetInt32());
        Assert.Equal(4096, capabilities.GetProperty("migration").GetProperty("pgsize").GetInt32());
        Assert.Equal(5, capabilities.EnumerateObject().Count());
    }

    [Fact]
    public void The_reply_is_no_longer_than_the_request_of_QEMU()
    {
        byte[] request = Raw.VersionMessage();
        Assert.Equal(214, request.Length);

        using VfioUserConnection connection = _server.Connect();
        connection.Send(request);
        using VfioUserFrame reply = connection.Receive();
        Assert.True(reply.Bytes.Length < request.Length, $"The reply has {reply.Bytes.Length} bytes.");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"capabilities":{}}""")]
    [InlineData("""{"capabilities":{"max_msg_fds":0}}""")]
    [InlineData("""{"capabilities":{"max_msg_fds":1024}}""")]
    [InlineData("""{"capabilities":{"migration":{}}}""")]
    [InlineData("""{"capabilities":{"migration":{"pgsize":4096}}}""")]
    [InlineData("""{"capabilities":{"twin_socket":{"supported":true}}}""")]
    [InlineData("""{"capabilities":{"write_multiple":false,"a_capability_of_tomorrow":[1,2,3]}}""")]
    public void Capabilities_that_the_server_can_live_with_are_accepted(string? json) =>
        AssertAccepted(Raw.VersionMessage(json));

    [Fact]
    public void A_client_of_0_1_is_answered_with_0_0()
    {
        using VfioUserConnection connection = _server.Connect();
        connection.Send(Raw.VersionMessage("""{"capabilities":{"max_msg_fds":1}}""", minor: 1));
        using VfioUserFrame reply = connection.Receive();
        Assert.Equal(Errno.None, reply.Error);
        Assert.Equal(Raw.Bytes((ushort)0, (ushort)0), reply.Payload[..4].ToArray());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("\"")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{} {}")]
    [InlineData("""{"capabilities":"23"}""")]
    [InlineData("""{"capabilities":[]}""")]
    [InlineData("""{"capabilities":null}""")]
    [InlineData("""{"capabilities":{"max_msg_fds":"foo"}}""")]
    [InlineData("""{"capabilities":{"max_msg_fds":-1}}""")]
    [InlineData("""{"capabilities":{"max_msg_fds":1025}}""")]
    [InlineData("""{"capabilities":{"max_data_xfer_size":"foo"}}""")]
    [InlineData("""{"capabilities":{"max_data_xfer_size":-1}}""")]
    [InlineData("""{"capabilities":{"max_data_xfer_size":0}}""")]
    [InlineData("""{"capabilities":{"max_data_xfer_size":0.5}}""")]
    [InlineData("""{"capabilities":{"max_data_xfer_size":18446744073709551616}}""")]
    [InlineData("""{"capabilities":{"max_data_xfer_size":1e30}}""")]
    [InlineData("""{"capabilities":{"max_msg_fds":99999999999999999999}}""")]
    [InlineData("""{"capabilities":{"max_dma_maps":true}}""")]
    [InlineData("""{"capabilities":{"pgsizes":0}}""")]
    [InlineData("""{"capabilities":{"pgsizes":4095}}""")]
    [InlineData("""{"capabilities":{"twin_socket":true}}""")]
    [InlineData("""{"capabilities":{"twin_socket":{"supported":1}}}""")]
    [InlineData("""{"capabilities":{"twin_socket":{"supported":null}}}""")]
    [InlineData("""{"capabilities":{"write_multiple":1}}""")]
    [InlineData("""{"capabilities":{"write_multiple":"true"}}""")]
    [InlineData("""{"capabilities":{"migration":{"pgsize":4097}}}""")]
    [InlineData("""{"capabilities":{"migration":{"max_bitmap_size":-1}}}""")]
    [InlineData("""{"capabilities":{"pgsizes":{}}}""")]
    [InlineData("""{"capabilities":{"migration":"23"}}""")]
    [InlineData("""{"capabilities":{"migration":{"pgsize":"foo"}}}""")]
    [InlineData("""{"capabilities":{"migration":{"pgsize":4095}}}""")]
    public void Version_data_that_make_no_sense_are_refused(string json) => AssertRefused(Raw.VersionMessage(json));

    [Fact]
    public void Nesting_without_end_is_refused() => AssertRefused(Raw.VersionMessage(new string('[', 100_000)));

    [Fact]
    public void Another_major_version_is_refused()
    {
        AssertRefused(Raw.VersionMessage(major: 1));
        AssertRefused(Raw.VersionMessage(major: 999));
    }

    [Fact]
    public void Version_data_without_a_NUL_are_refused() =>
        AssertRefused(Raw.Message(Raw.Version, Raw.Bytes((ushort)0, (ushort)0, "{}")));

    [Fact]
    public void Version_data_that_are_not_UTF_8_are_refused() =>
        AssertRefused(Raw.Message(Raw.Version, Raw.Bytes((ushort)0, (ushort)0, "{\"", (byte)0xff, (byte)0xc0, "\":1}", (byte)0)));

    [Fact]
    public void A_version_cut_short_is_refused()
    {
        for (int length = 0; length < 4; length++)
            AssertRefused(Raw.Message(Raw.Version, new byte[length]));
    }

    [Fact]
    public void Descriptors_with_a_version_are_refused_and_closed()
    {
        AssertRefused(Raw.VersionMessage("{\"refused\":"));
        using var eventFd = new EventFd();
        int before = HeldWithAClient();
        AssertRefused(Raw.VersionMessage(), eventFd.Descriptor);
        Assert.Equal(before, HeldWithAClient());
    }

    [Fact]
    public void Any_other_command_before_the_version_is_refused()
    {
        foreach (byte[] message in (byte[][])
            [Raw.GetInfoMessage(), Raw.ResetMessage(), Raw.ReadMessage(7, 0, 4), Raw.Message(999, [])])
            AssertRefused(message);
    }

    [Fact]
    public void Another_command_without_reply_before_the_version_closes_without_a_word()
    {
        using VfioUserConnection connection = _server.Connect();
        connection.Send(Raw.ResetMessage(flags: Raw.NoReply));
        WireTest.AssertClosed(connection);
        AssertAccepted(Raw.VersionMessage());
    }

    [Fact]
    public void A_second_version_is_refused_and_the_connection_stays()
    {
        using VfioUserClient client = _server.ConnectClient();
        client.Connection.Send(Raw.VersionMessage());
        using VfioUserFrame reply = client.Connection.Receive();
        Assert.Equal(Errno.EINVAL, reply.Error);
        Assert.Equal(16, reply.Bytes.Length);
        Assert.Equal(new VfioDeviceInfo(3, 9, 5), client.GetDeviceInfo());
    }

    [Fact]
    public void A_version_without_reply_is_taken_silently()
    {
        using VfioUserConnection connection = _server.Connect();
        byte[] version = Raw.Message(Raw.Version, Raw.VersionMessage()[16..], flags: Raw.NoReply);
        connection.Send([.. version, .. Raw.GetInfoMessage(id: 2)]);
        using VfioUserFrame reply = connection.Receive();
        Assert.Equal(2, reply.Id);
        Assert.Equal(Errno.None, reply.Error);
    }

    [Fact]
    public void The_operator_reads_why_a_client_was_turned_away()
    {
        AssertRefused(Raw.VersionMessage(major: 7));
        Assert.Contains(_server.Log.Lines, line => line.Contains("major version", StringComparison.Ordinal) && line.Contains('7'));
    }

    private void AssertAccepted(byte[] version)
    {
        using VfioUserConnection connection = _server.Connect();
        connection.Send(version);
        using VfioUserFrame reply = connection.Receive();
        Assert.Equal(Errno.None, reply.Error);
        string json = Encoding.UTF8.GetString(reply.Payload[4..^1]);
        Assert.StartsWith("""{"capabilities":{""", json, StringComparison.Ordinal);
    }

    // Refused, closed, and the next client is served.
    private void AssertRefused(byte[] message, params ReadOnlySpan<int> descriptors)
    {
        using (VfioUserConnection connection = _server.Connect())
        {
            connection.Send(message, descriptors);
            using VfioUserFrame reply = connection.Receive();
            Assert.Equal(message[..4], reply.Bytes[..4].ToArray());
            Assert.Equal(Raw.IsReply | Raw.IsError, reply.Flags);
            Assert.Equal(Errno.EINVAL, reply.Error);
            Assert.Equal(16, reply.Bytes.Length);
            WireTest.AssertClosed(connection);
        }
        AssertAccepted(Raw.VersionMessage());
    }

    private int HeldWithAClient()
    {
        using VfioUserClient client = _server.ConnectClient();
        return Holdings.Descriptors;
    }
}
