using System.Text.Json;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>What client and server agree on by VERSION, and that both keep to it. Source: vfio-user, "VFIO_USER_VERSION".</summary>
public sealed class NegotiationTests : IDisposable
{
    private readonly DeviceServer _server = new(new MemoryDevice());

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"capabilities":{}}""")]
    public void A_client_that_says_nothing_is_told_two_limits_and_no_feature(string? json) =>
        Assert.Equal("""{"max_msg_fds":16,"max_data_xfer_size":1048576}""", CapabilitiesFor(json));

    [Theory]
    [InlineData(100, 100)]
    [InlineData(65535, 65535)]
    [InlineData(1_000_000, 65535)]
    public void The_number_of_mappings_is_lowered_and_never_raised(int theirs, int ours) =>
        Assert.Equal(ours, Capability($$$"""{"capabilities":{"max_dma_maps":{{{theirs}}}}}""", "max_dma_maps").GetInt32());

    [Theory]
    [InlineData(4096ul, 4096ul)]
    [InlineData(0x11800ul, 0x11000ul)]
    [InlineData(65536ul, 65536ul)]
    public void Every_page_size_that_QEMU_could_take_is_taken(ulong theirs, ulong ours) =>
        Assert.Equal(ours, Capability($$$"""{"capabilities":{"pgsizes":{{{theirs}}}}}""", "pgsizes").GetUInt64());

    [Theory]
    [InlineData("""{"capabilities":{"migration":{}}}""")]
    [InlineData("""{"capabilities":{"migration":{"pgsize":4096}}}""")]
    [InlineData("""{"capabilities":{"migration":{"pgsize":65536,"max_bitmap_size":1048576}}}""")]
    public void Migration_is_offered_to_a_client_that_can_by_the_smaller_of_both_page_sizes(string json) =>
        Assert.Equal(4096, Capability(json, "migration").GetProperty("pgsize").GetInt32());

    [Fact]
    public void Write_multiple_is_offered_to_whoever_asks_for_it_and_is_not_QEMU()
    {
        Assert.True(Capability("""{"capabilities":{"max_msg_fds":8,"write_multiple":true}}""", "write_multiple").GetBoolean());
        Assert.DoesNotContain("write_multiple", CapabilitiesFor("""{"capabilities":{"max_msg_fds":8}}"""), StringComparison.Ordinal);
        Assert.DoesNotContain("write_multiple", CapabilitiesFor(Raw.QemuCapabilities), StringComparison.Ordinal);
    }

    [Fact]
    public void No_reply_is_longer_than_a_request_that_names_the_limits()
    {
        string[] requests =
        [
            Raw.QemuCapabilities,
            """{"capabilities": {"max_msg_fds": 16, "max_data_xfer_size": 1048576}}""",
            """{"capabilities": {"max_msg_fds": 16, "max_data_xfer_size": 1048576, "pgsizes": 4096, "max_dma_maps": 65535}}""",
        ];
        foreach (string request in requests)
            Assert.True(CapabilitiesFor(request).Length + """{"capabilities":}""".Length <= request.Length, request);
    }

    [Theory]
    [InlineData(Raw.QemuCapabilities, 0, "is QEMU")]
    [InlineData("""{"capabilities":{"max_msg_fds":1}}""", 1, "cloud-hypervisor")]
    [InlineData("""{"capabilities":{"max_msg_fds":16}}""", 0, "none that is known")]
    [InlineData(null, 2, "none that is known")]
    public void The_operator_reads_which_client_it_is(string? json, int minor, string name)
    {
        _ = CapabilitiesFor(json, (ushort)minor);
        string line = _server.Log.Lines.Last(line => line.Contains("the client is", StringComparison.Ordinal));
        Assert.Contains($"{name}, version 0.{minor}", line.Replace(", or another of rust-vmm's", ""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_takes_no_descriptors_is_told_of_nothing_to_map()
    {
        using VfioUserConnection connection = Negotiated("""{"capabilities":{"max_msg_fds":0}}""");
        connection.Send(Raw.RegionInfoMessage(0, argsz: 4096));
        using VfioUserFrame whole = connection.Receive();
        Assert.Empty(whole.Descriptors);
        Assert.Equal(Raw.Bytes(32u, 3u, 0u, 0u, 0x10000ul, 0ul), whole.Payload.ToArray());

        connection.Send(Raw.RegionInfoMessage(2));
        using VfioUserFrame sparse = connection.Receive();
        Assert.Equal(Raw.Bytes(32u, 3u, 2u, 0u), sparse.Payload[..16].ToArray());
    }

    [Fact]
    public void A_read_is_no_longer_than_the_client_said_that_it_takes()
    {
        using VfioUserConnection connection = Negotiated("""{"capabilities":{"max_data_xfer_size":64}}""");
        connection.Send(Raw.ReadMessage(7, 0, 64));
        using VfioUserFrame read = connection.Receive();
        Assert.Equal(32 + 64, read.Bytes.Length);
        connection.Send(Raw.ReadMessage(7, 0, 65));
        using VfioUserFrame refused = connection.Receive();
        Assert.Equal((Errno.EINVAL, 16), (refused.Error, refused.Bytes.Length));
    }

    private VfioUserConnection Negotiated(string? json, ushort minor = 0)
    {
        _server.Client.Dispose();
        VfioUserConnection connection = _server.ConnectRaw();
        connection.Send(Raw.VersionMessage(json, minor: minor));
        using VfioUserFrame reply = connection.Receive();
        Assert.Equal(Errno.None, reply.Error);
        return connection;
    }

    private string CapabilitiesFor(string? json, ushort minor = 0)
    {
        _server.Client.Dispose();
        using VfioUserConnection connection = _server.ConnectRaw();
        connection.Send(Raw.VersionMessage(json, minor: minor));
        using VfioUserFrame reply = connection.Receive();
        Assert.Equal(Errno.None, reply.Error);
        Assert.Equal(new byte[4], reply.Payload[..4].ToArray());
        return JsonDocument.Parse(reply.Payload[4..^1].ToArray()).RootElement.GetProperty("capabilities").GetRawText();
    }

    private JsonElement Capability(string json, string name) =>
        JsonDocument.Parse(CapabilitiesFor(json)).RootElement.GetProperty(name);
}
