using System.Buffers.Binary;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Malformed;

/// <summary>A client that means harm, or is broken. The seeds make each run the same; a failure names the message.</summary>
public sealed class RandomMessageTests : WireTest
{
    private static readonly uint[] s_interesting =
    [
        0, 1, 2, 3, 4, 7, 8, 15, 16, 20, 24, 31, 32, 0x24, 0x21, 0x14, 0x40, 0xff, 0x100, 0x1000,
        Raw.MaxTransfer - 1, Raw.MaxTransfer, 0x7fffffff, 0x80000000, 0xfffffff0, uint.MaxValue,
    ];

    private readonly EventFd _eventFd = new();
    private readonly SharedMemory _guest = new(0x10000);

    public override void Dispose()
    {
        base.Dispose();
        _eventFd.Dispose();
        _guest.Dispose();
    }

    [Fact]
    public void Twenty_thousand_messages_of_nonsense_each_get_one_reply_and_the_device_lives()
    {
        const int Batches = 1000, BatchSize = 20;
        var random = new Random(42);
        Reconnect();
        int descriptors = Holdings.Descriptors;

        for (int batch = 0; batch < Batches; batch++)
        {
            var awaited = new List<(ushort Id, byte[] Message)>();
            for (int i = 0; i < BatchSize; i++)
            {
                byte[] message = Nonsense(random, (ushort)i);
                Connection.Send(message, SomeDescriptors(random));
                if ((message[8] & Raw.NoReply) == 0)
                    awaited.Add(((ushort)i, message));
            }

            foreach ((ushort id, byte[] message) in awaited)
            {
                using VfioUserFrame reply = Connection.Receive();
                Assert.True(
                    reply.Id == id && reply.Bytes[2..4].SequenceEqual(message.AsSpan(2, 2)) && reply.Descriptors.Count == 0,
                    $"Batch {batch}: {Convert.ToHexString(message.AsSpan(0, Math.Min(64, message.Length)))} was not answered in turn.");
            }
        }

        AssertInStep();
        Reconnect();
        AssertInStep();
        Holdings.AssertNoMoreDescriptorsThan(descriptors);
    }

    [Fact]
    public void Bytes_that_are_no_messages_end_a_connection_and_nothing_else()
    {
        var random = new Random(43);
        Reconnect();
        int descriptors = Holdings.Descriptors;

        for (int i = 0; i < 300; i++)
        {
            byte[] bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            bool afterVersion = random.Next(4) != 0;

            Client.Dispose();
            using VfioUserConnection connection = Server.Connect();
            if (afterVersion)
            {
                connection.Send(Raw.VersionMessage());
                connection.Receive().Dispose();
            }
            if (connection.TrySend(bytes, SomeDescriptors(random)))
                EndSending(connection);
            while (connection.TryReceive() is { } reply)
                reply.Dispose();
        }

        Reconnect();
        AssertInStep();
        Holdings.AssertNoMoreDescriptorsThan(descriptors);
        Assert.True(Holdings.Eventually(() => Holdings.SessionThreads == 1), "Threads stay.");
    }

    [Fact]
    public void Version_data_with_any_byte_changed_are_answered_and_the_next_client_is_served()
    {
        var random = new Random(44);
        Client.Dispose();
        for (int i = 0; i < 500; i++)
        {
            byte[] version = Raw.VersionMessage();
            version[random.Next(16, version.Length)] = (byte)random.Next(256);
            using VfioUserConnection connection = Server.Connect();
            connection.Send(version);
            using VfioUserFrame reply = connection.Receive();
            Assert.Equal(Raw.Version, reply.Command);
        }
        Reconnect();
        AssertInStep();
    }

    // A header that keeps the stream in step; all else is a valid message with some of it changed, or anything.
    private static byte[] Nonsense(Random random, ushort id)
    {
        byte[] message = random.Next(12) switch
        {
            0 => Raw.GetInfoMessage(),
            1 => Raw.RegionInfoMessage((uint)random.Next(10)),
            2 => Raw.IrqInfoMessage((uint)random.Next(6)),
            3 => Raw.SetIrqsMessage(1u << random.Next(3) | 8u << random.Next(3), (uint)random.Next(5), 0, 1),
            4 => Raw.SetIrqsMessage(0x22, 1, 0, 4, 1, 0, 1, 1),
            5 or 6 => Raw.ReadMessage((uint)random.Next(9), (ulong)random.Next(0x110), (uint)random.Next(80)),
            7 or 8 => Raw.WriteMessage((uint)random.Next(9), (ulong)random.Next(0x110), RandomBytes(random, 40)),
            9 => Raw.MapMessage((ulong)random.Next(64) * 0x1000, (ulong)random.Next(4) * 0x1000),
            10 => Raw.UnmapMessage((ulong)random.Next(64) * 0x1000, (ulong)random.Next(4) * 0x1000),
            _ => Raw.Message((ushort)random.Next(20), RandomBytes(random, 200)),
        };

        if (random.Next(2) == 0)
            Mutate(random, ref message);
        BinaryPrimitives.WriteUInt16LittleEndian(message, id);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(4), (uint)message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(8), random.Next(5) == 0 ? Raw.NoReply : 0);
        return message;
    }

    private static void Mutate(Random random, ref byte[] message)
    {
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            switch (random.Next(4))
            {
                case 0 when message.Length > 16:
                    message[random.Next(16, message.Length)] = (byte)random.Next(256);
                    break;
                case 1 when message.Length >= 20:
                    int word = random.Next(4, message.Length / 4) * 4;
                    BinaryPrimitives.WriteUInt32LittleEndian(
                        message.AsSpan(word), s_interesting[random.Next(s_interesting.Length)]);
                    break;
                case 2:
                    Array.Resize(ref message, random.Next(16, message.Length + 1));
                    break;
                default:
                    Array.Resize(ref message, message.Length + random.Next(1, 64));
                    break;
            }
        }
    }

    private static byte[] RandomBytes(Random random, int most)
    {
        byte[] bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    private int[] SomeDescriptors(Random random) => random.Next(8) switch
    {
        0 => [_eventFd.Descriptor],
        1 => [_guest.Descriptor],
        2 => [_eventFd.Descriptor, _guest.Descriptor, _eventFd.Descriptor],
        _ => [],
    };

    private static void EndSending(VfioUserConnection connection)
    {
        try
        {
            connection.ShutdownSend();
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The server was faster.
        }
    }
}
