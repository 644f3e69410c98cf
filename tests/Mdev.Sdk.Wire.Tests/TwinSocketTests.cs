using System.Net.Sockets;
using System.Text.Json;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>The server's commands on a socket of their own. Source: vfio-user, "VFIO_USER_VERSION", twin_socket.</summary>
public sealed class TwinSocketTests : IDisposable
{
    private const string Asking = """{"capabilities":{"max_msg_fds":8,"twin_socket":{"supported":true}}}""";
    private const ulong Base = 0x4000_0000;

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void The_first_descriptor_of_the_reply_is_a_socket_on_which_the_server_asks()
    {
        (VfioUserConnection main, VfioUserConnection twin) = Connect();
        using (main)
        using (twin)
        {
            byte[] memory = new byte[4];
            ValueTask<bool> read = Read(memory);
            using VfioUserFrame request = twin.Receive();
            DmaTest.AssertRequest(request, Raw.DmaRead, Base, 4);
            AssertInStep(main);
            twin.Send(Raw.Message(Raw.DmaRead, Raw.Bytes(Base, 4ul, 0x04030201u), request.Id, Raw.IsReply));
            Assert.True(DmaTest.ResultOf(read));
            Assert.Equal(new byte[] { 1, 2, 3, 4 }, memory);
        }
    }

    [Fact]
    public void What_is_asked_during_an_access_goes_out_at_once_and_may_be_answered()
    {
        (VfioUserConnection main, VfioUserConnection twin) = Connect();
        using (main)
        using (twin)
        {
            ValueTask<bool> read;
            lock (_server.Device.Gate)
            {
                main.Send(Raw.ReadMessage(0, 0, 4));
                read = Read(new byte[4]);
                using VfioUserFrame request = twin.Receive();
                twin.Send(Raw.Message(Raw.DmaRead, Raw.Bytes(Base, 4ul, 7u), request.Id, Raw.IsReply));
                Assert.True(DmaTest.ResultOf(read));
            }
            using VfioUserFrame reply = main.Receive();
            Assert.Equal(Raw.RegionRead, reply.Command);
        }
    }

    [Fact]
    public void Answers_may_come_in_pieces_and_several_at_once()
    {
        (VfioUserConnection main, VfioUserConnection twin) = Connect();
        using (main)
        using (twin)
        {
            // Longer than what is set aside for answers at first.
            byte[][] memories = [new byte[4], new byte[100_000], new byte[5000]];
            Task<bool>[] reads = [.. memories.Select(memory => Read(memory).AsTask())];
            var answers = new List<byte>();
            foreach (byte[] memory in memories)
            {
                using VfioUserFrame request = twin.Receive();
                byte[] data = [.. Enumerable.Range(0, memory.Length).Select(i => DmaTest.Pattern((uint)i))];
                answers.AddRange(
                    Raw.Message(Raw.DmaRead, Raw.Bytes(Base, (ulong)memory.Length, data), request.Id, Raw.IsReply));
            }
            for (int i = 0; i < answers.Count; i += 777)
                twin.Send([.. answers.Skip(i).Take(777)]);
            Assert.All(reads, read => Assert.True(DmaTest.ResultOf(read)));
            Assert.All(memories, memory => Assert.Equal(DmaTest.Pattern((uint)memory.Length - 1), memory[^1]));
        }
    }

    [Fact]
    public void A_thousand_requests_in_flight_are_answered_while_the_client_has_commands_of_its_own()
    {
        var guest = new UnsharedMemory(Base, 8000);
        for (int i = 0; i < 8000; i++)
            guest.Write(i, [DmaTest.Pattern((uint)i)]);
        using VfioUserClient client = VfioUserClient.Connect(_server.Path, capabilities: new() { TwinSocket = true });
        client.ServeDma(guest);
        byte[][] memories = [.. Enumerable.Range(0, 1000).Select(_ => new byte[8])];
        Task<bool>[] reads =
            [.. memories.Select((memory, i) => _server.Device.Memory.Messages!.ReadAsync(Base + (uint)(8 * i), memory, default).AsTask())];
        for (int i = 0; i < 100; i++)
            Assert.Equal(4, client.ReadRegion(7, 0, 4).Length);
        Assert.All(reads, read => Assert.True(DmaTest.ResultOf(read)));
        for (int i = 0; i < 8000; i++)
            Assert.Equal(DmaTest.Pattern((uint)i), memories[i / 8][i % 8]);
    }

    [Theory]
    [InlineData("""{"capabilities":{"max_msg_fds":8,"twin_socket":{"supported":false}}}""")]
    [InlineData("""{"capabilities":{"max_msg_fds":8,"twin_socket":{}}}""")]
    [InlineData("""{"capabilities":{"max_msg_fds":0,"twin_socket":{"supported":true}}}""")]
    [InlineData("""{"capabilities":{"max_msg_fds":8}}""")]
    public void Whoever_does_not_ask_for_it_or_takes_no_descriptors_gets_none(string json)
    {
        using VfioUserConnection connection = _server.Connect();
        connection.Send(Raw.VersionMessage(json));
        using VfioUserFrame reply = connection.Receive();
        Assert.Empty(reply.Descriptors);
        Assert.Equal(-1, reply.Payload.IndexOf("twin"u8));
    }

    [Fact]
    public void By_default_a_client_takes_one_descriptor_which_is_enough()
    {
        using VfioUserConnection connection = _server.Connect();
        connection.Send(Raw.VersionMessage("""{"capabilities":{"twin_socket":{"supported":true}}}"""));
        using VfioUserFrame reply = connection.Receive();
        Assert.Single(reply.Descriptors);
        JsonElement twin = JsonDocument.Parse(reply.Payload[4..^1].ToArray()).RootElement
            .GetProperty("capabilities").GetProperty("twin_socket");
        Assert.True(twin.GetProperty("supported").GetBoolean());
        Assert.Equal(0, twin.GetProperty("fd_index").GetInt32());
    }

    [Fact]
    public void Without_a_reply_to_its_version_there_is_no_way_to_hand_it_over()
    {
        using VfioUserConnection connection = _server.Connect();
        connection.Send(Raw.Message(Raw.Version, Raw.VersionMessage(Asking)[16..], flags: Raw.NoReply));
        AssertInStep(connection);
        ValueTask<bool> read = Read(new byte[4]);
        using VfioUserFrame request = connection.Receive();
        DmaTest.AssertRequest(request, Raw.DmaRead, Base, 4);
        connection.Send(Raw.Message(Raw.DmaRead, Raw.Bytes(Base, 4ul, 0u), request.Id, Raw.IsReply));
        Assert.True(DmaTest.ResultOf(read));
    }

    [Fact]
    public void An_answer_on_the_wrong_socket_ends_the_connection()
    {
        (VfioUserConnection main, VfioUserConnection twin) = Connect();
        using (main)
        using (twin)
        {
            ValueTask<bool> read = Read(new byte[4]);
            using VfioUserFrame request = twin.Receive();
            main.Send(Raw.Message(Raw.DmaRead, Raw.Bytes(Base, 4ul, 0u), request.Id, Raw.IsReply));
            using VfioUserFrame refusal = main.Receive();
            Assert.Equal(Errno.EINVAL, refusal.Error);
            WireTest.AssertClosed(main);
            WireTest.AssertClosed(twin);
            Assert.False(DmaTest.ResultOf(read));
        }
        AssertServed();
    }

    public static TheoryData<string, byte[]> Nonsense => new()
    {
        { "a command", Raw.GetInfoMessage() },
        { "an answer to nothing", Raw.Message(Raw.DmaRead, Raw.Bytes(Base, 4ul, 0u), 0x7777, Raw.IsReply) },
        { "a size too small", Raw.Bytes((ushort)1, Raw.DmaRead, 15u, Raw.IsReply, 0u) },
        { "a size too large", Raw.Bytes((ushort)1, Raw.DmaRead, 0xffff_ffffu, Raw.IsReply, 0u) },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Nonsense_on_it_ends_the_connection(string what, byte[] message)
    {
        (VfioUserConnection main, VfioUserConnection twin) = Connect();
        using (main)
        using (twin)
        {
            ValueTask<bool> read = Read(new byte[4]);
            using VfioUserFrame request = twin.Receive();
            twin.Send(message);
            Assert.False(DmaTest.ResultOf(read), what);
            WireTest.AssertClosed(main);
        }
        AssertServed();
    }

    [Fact]
    public void A_client_that_closes_it_goes_on_without_being_asked()
    {
        (VfioUserConnection main, VfioUserConnection twin) = Connect();
        using (main)
        {
            ValueTask<bool> read = Read(new byte[4]);
            twin.Dispose();
            Assert.False(DmaTest.ResultOf(read));
            Assert.False(DmaTest.ResultOf(Read(new byte[4])));
            AssertInStep(main);
        }
    }

    [Fact]
    public void Descriptors_on_it_are_closed_and_clients_with_it_leave_nothing_behind()
    {
        ComeAndGo();
        AssertServed();
        int before = Holdings.Descriptors;
        for (int i = 0; i < 20; i++)
            ComeAndGo();
        AssertServed();
        Holdings.AssertNoMoreDescriptorsThan(before);

        void ComeAndGo()
        {
            using var eventFd = new EventFd();
            (VfioUserConnection main, VfioUserConnection twin) = Connect();
            using (main)
            using (twin)
            {
                ValueTask<bool> read = Read(new byte[4]);
                using VfioUserFrame request = twin.Receive();
                twin.Send(
                    Raw.Message(Raw.DmaRead, Raw.Bytes(Base, 4ul, 0u), request.Id, Raw.IsReply),
                    eventFd.Descriptor, eventFd.Descriptor);
                Assert.True(DmaTest.ResultOf(read));
                _ = Read(new byte[1 << 20]).AsTask();
                _ = _server.Device.Memory.Messages!.WriteAsync(Base, new byte[1 << 20], default).AsTask();
            }
        }
    }

    private ValueTask<bool> Read(byte[] memory) => _server.Device.Memory.Messages!.ReadAsync(Base, memory, default);

    private (VfioUserConnection Main, VfioUserConnection Twin) Connect()
    {
        VfioUserConnection main = _server.Connect();
        main.Send(Raw.VersionMessage(Asking));
        VfioUserFrame reply = main.Receive();
        SafeFileHandle twin = Assert.Single(reply.Descriptors);
        var socket = new Socket(new SafeSocketHandle(twin.DangerousGetHandle(), ownsHandle: true));
        twin.SetHandleAsInvalid();
        return (main, new VfioUserConnection(socket));
    }

    private void AssertServed()
    {
        using VfioUserClient client = _server.ConnectClient();
        AssertInStep(client.Connection);
    }

    private static void AssertInStep(VfioUserConnection connection)
    {
        connection.Send(Raw.GetInfoMessage(id: 0x5aa5));
        using VfioUserFrame reply = connection.Receive();
        Assert.Equal((0x5aa5, Raw.GetInfo, Raw.IsReply), (reply.Id, reply.Command, reply.Flags));
    }
}
