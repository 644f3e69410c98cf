using System.Diagnostics;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Conversations;
using Mdev.Sdk.Wire.Tests.Support;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>
/// Clients that end wherever they are, and clients that never end what they have begun: the server's process comes back to what it
/// was, others are served meanwhile, and it ends when its owner says so.
/// </summary>
public sealed class KilledClientTests : IDisposable
{
    private const int Seed = 20261125;

    private readonly FuzzHost _host = new();
    private readonly OddDescriptors _descriptors = new();
    private readonly Corpus _corpus = new();

    public void Dispose()
    {
        _host.Dispose();
        _descriptors.Dispose();
    }

    [Fact]
    public void A_thousand_clients_killed_at_random_points_leave_nothing_behind()
    {
        var random = new Random(Seed);
        for (int i = 0; i < 50; i++)
            Kill(random, FuzzedDevices.Names[i % FuzzedDevices.Names.Count]);
        AssertAllServed();
        HostCount before = _host.Count();

        for (int i = 0; i < 1000; i++)
            Kill(random, FuzzedDevices.Names[i % FuzzedDevices.Names.Count]);
        AssertAllServed();
        HostCount after = _host.CountAgain(before);

        string counts = $"before {before}, after {after} (descriptors, sessions, mappings, managed and resident KB)";
        Assert.True(after.Descriptors <= before.Descriptors && after.Mappings <= before.Mappings && after.Sessions == 0, counts);
        Assert.True(after.ManagedKilobytes <= before.ManagedKilobytes + 1024 && after.ResidentKilobytes <= before.ResidentKilobytes + (64 << 10), counts);
        Assert.True(_host.Stop(), _host.Errors);
    }

    [Fact]
    public void Clients_that_never_read_their_replies_block_neither_others_nor_the_end()
    {
        var stuck = new List<RawSocket>();
        foreach (string device in FuzzedDevices.Names.Where(name => name != "edu"))
        {
            RawSocket client = Connect(device);
            stuck.Add(client);
            FillUp(client, device == "nothing" ? Raw.GetInfoMessage() : Raw.ReadMessage(0, 0, 0x100));
        }

        AssertServed("edu");
        Assert.True(_host.Stop(), $"The process does not end while clients do not read. {_host.Errors}");
        stuck.ForEach(client => client.Dispose());
    }

    [Fact]
    public void The_next_client_is_served_at_once_when_one_that_never_read_is_killed()
    {
        for (int i = 0; i < 10; i++)
        {
            RawSocket client = Connect("test");
            FillUp(client, Raw.ReadMessage(2, 0, Raw.MaxTransfer));
            client.Dispose();
            AssertServed("test");
        }
    }

    [Fact]
    public void Hundreds_that_connect_at_once_are_turned_away_but_for_one_and_leave_nothing_behind()
    {
        AssertServed("test");
        HostCount before = _host.Count();
        var clients = new List<RawSocket>();
        for (int i = 0; i < 300; i++)
        {
            clients.Add(Connect("test"));

            // A third of them says nothing at all, a third begins and stops.
            if (i % 3 > 0)
                _ = clients[^1].Send(i % 3 == 1 ? Raw.VersionMessage() : Raw.VersionMessage().AsSpan(0, 1 + (i % 40)), []);
        }

        AssertServed("edu");
        clients.ForEach(client => client.Dispose());
        AssertServed("test");
        HostCount after = _host.CountAgain(before);
        Assert.True(after.Descriptors <= before.Descriptors && after.Sessions == 0, $"before {before}, after {after}");
    }

    [Fact]
    public void Clients_that_map_as_much_as_they_may_take_nothing_from_others_and_give_all_of_it_back()
    {
        AssertAllServed();
        HostCount before = _host.Count();
        using (VfioUserClient first = MapEverything("test"), second = MapEverything("memory"))
        {
            Assert.Equal(Errno.ENOSPC, Assert.Throws<VfioException>(() => MapOne(first, 70_000)).Error);
            Assert.Equal(Errno.ENOSPC, Assert.Throws<VfioException>(() => MapOne(second, 70_000)).Error);
            foreach (string device in FuzzedDevices.Names.Where(name => name is not ("test" or "memory")))
                AssertServed(device);
        }

        AssertAllServed();
        HostCount after = _host.CountAgain(before);
        Assert.True(after.Descriptors <= before.Descriptors && after.Mappings <= before.Mappings, $"before {before}, after {after}");
    }

    [Fact]
    public void A_client_that_stops_in_its_VERSION_gives_way_to_one_that_does_not()
    {
        using RawSocket client = Connect("test");
        byte[] version = Raw.VersionMessage();
        Assert.Equal(20, client.Send(version.AsSpan(0, 20), []));
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                AssertServed("test");
                return;
            }
            catch (Exception e) when (e is VfioException or IOException && patience.Elapsed < TimeSpan.FromSeconds(20))
            {
                // The other one still has time.
                Thread.Sleep(100);
            }
        }
    }

    [Fact]
    public void A_client_that_sends_byte_by_byte_is_answered_and_holds_up_nobody_else()
    {
        using RawSocket slow = Connect("test");
        byte[] bytes = [.. Raw.VersionMessage(), .. Raw.WriteMessage(0, 0, [1, 2, 3, 4]), .. Raw.ReadMessage(0, 0, 4), .. Raw.GetInfoMessage(id: 9)];
        foreach (byte one in bytes)
        {
            Assert.Equal(1, slow.Send([one], []));
            Thread.Sleep(1);
        }
        AssertServed("edu");

        var received = new List<byte>();
        byte[] buffer = new byte[4096];
        while (received.Count < 16 || BitConverter.ToUInt16([.. received[^32..^30]]) != 9)
        {
            Assert.True(slow.Wait(room: false, TimeSpan.FromSeconds(10)), "No answer.");
            int count = slow.Receive(buffer, []);
            Assert.True(count > 0, "Closed.");
            received.AddRange(buffer.AsSpan(0, count));
        }
        Assert.Equal(new byte[] { 1, 2, 3, 4 }, received.ToArray()[^36..^32]);
    }

    // Says some of a conversation and ends: in order or abruptly, in the middle of a message, with replies unread and descriptors under way.
    private void Kill(Random random, string device)
    {
        using RawSocket client = Connect(device);
        var received = new List<SafeFileHandle>();
        byte[] buffer = new byte[1 << 16];
        bool reads = random.Next(3) != 0;
        Line[] conversation = [_corpus.Version, .. Plan(random, device)];
        int last = random.Next(conversation.Length);
        for (int i = 0; i <= last; i++)
        {
            byte[] message = conversation[i].Bytes;
            int length = i < last || random.Next(3) == 0 ? message.Length : random.Next(1, message.Length + 1);
            if (client.Send(message.AsSpan(0, length), _descriptors.Of(conversation[i].Descriptors)) != length)
                break;
            if (reads)
                _ = client.Receive(buffer, received);
        }

        received.ForEach(descriptor => descriptor.Dispose());
        if (random.Next(3) == 0)
            client.Shutdown();
    }

    private Line[] Plan(Random random, string device) => random.Next(4) switch
    {
        // Hundreds of mappings, with a descriptor each.
        0 => [.. Enumerable.Range(0, 300).Select(i => new Line(true, "m", Raw.MapMessage((ulong)i << 20, 1 << 20, (ulong)i << 20)))],

        // More to read than a socket holds.
        1 => [.. Enumerable.Repeat(new Line(true, "", Raw.ReadMessage(7, 0, 256)), 2000)],
        2 => [.. _corpus.Messages, .. _corpus.For(device, random)],
        _ => _corpus.For(device, random),
    };

    private RawSocket Connect(string device) => RawSocket.Connect(_host.SocketOf(device));

    // Until the server no longer takes any, because nobody reads what it has to say.
    private static void FillUp(RawSocket client, byte[] message)
    {
        Assert.True(client.Send(Raw.VersionMessage(), []) > 0);
        int full = 0;
        while (full < 20)
        {
            int sent = client.Send(message, []);
            Assert.True(sent >= 0, "The server has closed the connection.");
            if (sent == message.Length)
            {
                full = 0;
                continue;
            }

            // A message that went in part goes no further, which is one more thing to wait for.
            full = sent > 0 ? 20 : full + 1;
            Thread.Sleep(2);
        }
    }

    // A page each, and none next to another in the file, so that the kernel cannot make one of two.
    private VfioUserClient MapEverything(string device)
    {
        VfioUserClient client = VfioUserClient.Connect(_host.SocketOf(device));
        for (ulong i = 0; i < 65_536; i++)
        {
            byte[] map = Raw.MapMessage(i << 13, 0x1000, (i << 13) & 0xfff_ffff);
            map[8] |= (byte)Raw.NoReply;
            client.Connection.Send(map, _descriptors.Of("m"));
        }
        return client;
    }

    private void MapOne(VfioUserClient client, ulong page)
    {
        client.Connection.Send(Raw.MapMessage(page << 13, 0x1000), _descriptors.Of("m"));
        using VfioUserFrame reply = client.Connection.Receive();
        if (reply.Error != Errno.None)
            throw new VfioException(reply.Error, "DMA_MAP was refused.");
    }

    private void AssertServed(string device)
    {
        using VfioUserClient client = VfioUserClient.Connect(_host.SocketOf(device));
        _ = client.GetDeviceInfo();
    }

    private void AssertAllServed()
    {
        foreach (string device in FuzzedDevices.Names)
            AssertServed(device);
    }
}
