using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>DMA_READ and DMA_WRITE, the server's commands to its client. Source: vfio-user, "VFIO_USER_DMA_READ".</summary>
public sealed class DmaMessageTests : DmaTest
{
    private const ulong Base = 0x12_3456_8000;

    [Fact]
    public void A_device_reads_what_the_client_answers_straight_into_its_memory()
    {
        byte[] memory = new byte[10];
        ValueTask<bool> read = Read(Base + 3, memory.AsMemory(1, 5));
        using VfioUserFrame request = Request(Raw.DmaRead, Base + 3, 5);
        Assert.False(read.IsCompleted);
        Answer(request, Raw.Bytes(Base + 3, 5ul, new byte[] { 1, 2, 3, 4, 5 }));
        Assert.True(ResultOf(read));
        Assert.Equal(new byte[] { 0, 1, 2, 3, 4, 5, 0, 0, 0, 0 }, memory);
        AssertInStep();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(16)]
    public void A_write_is_answered_in_any_of_the_forms_that_the_specification_leaves_open(int length)
    {
        ValueTask<bool> write = Write(Base, new byte[] { 1, 2, 3, 4, 5 });
        using VfioUserFrame request = Request(Raw.DmaWrite, Base, 5);
        Assert.Equal(new byte[] { 1, 2, 3, 4, 5 }, request.Payload[16..].ToArray());
        Answer(request, Raw.Bytes(Base, 5ul)[..length]);
        Assert.True(ResultOf(write));
        AssertInStep();
    }

    [Fact]
    public void Nothing_to_copy_needs_no_message()
    {
        Assert.True(ResultOf(Read(Base, Memory<byte>.Empty)));
        Assert.True(ResultOf(Write(Base, ReadOnlyMemory<byte>.Empty)));
        AssertInStep();
    }

    [Theory]
    [InlineData(5u)]
    [InlineData(0u)]
    [InlineData(0xffff_ffffu)]
    public void What_the_client_refuses_is_false_and_the_operator_reads_it_once(uint errno)
    {
        for (int i = 0; i < 3; i++)
        {
            ValueTask<bool> read = Read(Base, new byte[4]);
            using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);
            AnswerError(request, errno);
            Assert.False(ResultOf(read));
        }
        Assert.Single(Server.Log.Lines, line => line.Contains("refused DmaRead", StringComparison.Ordinal));
        AssertInStep();
    }

    public static TheoryData<string, byte[]> WrongReads => new()
    {
        { "nothing", [] },
        { "a head alone", Raw.Bytes(Base, 4ul) },
        { "a byte too few", Raw.Bytes(Base, 4ul, new byte[3]) },
        { "a byte too many", Raw.Bytes(Base, 4ul, new byte[5]) },
        { "fewer than asked for", Raw.Bytes(Base, 3ul, new byte[3]) },
        { "more than asked for", Raw.Bytes(Base, 5ul, new byte[5]) },
        { "another count", Raw.Bytes(Base, 0x1_0000_0004ul, new byte[4]) },
        { "another address", Raw.Bytes(Base + 1, 4ul, new byte[4]) },
    };

    [Theory]
    [MemberData(nameof(WrongReads))]
    public void An_answer_that_is_none_to_a_read_is_false_and_the_stream_stays_in_step(string what, byte[] payload)
    {
        byte[] memory = [9, 9, 9, 9];
        ValueTask<bool> read = Read(Base, memory);
        using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);
        Answer(request, payload);
        Assert.False(ResultOf(read), what);
        Assert.Equal(new byte[] { 9, 9, 9, 9 }, memory);
        AssertInStep();
    }

    public static TheoryData<string, byte[]> WrongWrites => new()
    {
        { "4 bytes", Raw.Bytes(4u) },
        { "a head and a byte", Raw.Bytes(Base, 4ul, (byte)0) },
        { "another count", Raw.Bytes(Base, 3ul) },
        { "another count of 4 bytes", Raw.Bytes(Base, 3u) },
        { "another address", Raw.Bytes(Base + 4, 4ul) },
    };

    [Theory]
    [MemberData(nameof(WrongWrites))]
    public void An_answer_that_is_none_to_a_write_is_false_and_the_stream_stays_in_step(string what, byte[] payload)
    {
        ValueTask<bool> write = Write(Base, new byte[4]);
        using VfioUserFrame request = Request(Raw.DmaWrite, Base, 4);
        Answer(request, payload);
        Assert.False(ResultOf(write), what);
        AssertInStep();
    }

    [Fact]
    public void What_is_longer_than_the_client_takes_goes_in_pieces()
    {
        Reconnect("""{"capabilities":{"max_data_xfer_size":1000}}""");
        byte[] memory = new byte[2345];
        ValueTask<bool> read = Read(Base, memory);
        foreach ((int offset, int count) in ((int, int)[])[(0, 1000), (1000, 1000), (2000, 345)])
        {
            using VfioUserFrame request = Request(Raw.DmaRead, Base + (uint)offset, count);
            Answer(request, Pattern);
        }
        Assert.True(ResultOf(read));
        Assert.Equal(Enumerable.Range(0, 2345).Select(i => Pattern(Base + (uint)i)), memory);

        ValueTask<bool> write = Write(Base, memory);
        foreach ((int offset, int count) in ((int, int)[])[(0, 1000), (1000, 1000), (2000, 345)])
        {
            using VfioUserFrame request = Request(Raw.DmaWrite, Base + (uint)offset, count);
            Assert.Equal(memory[offset..(offset + count)], request.Payload[16..].ToArray());
            Answer(request, Pattern);
        }
        Assert.True(ResultOf(write));
    }

    [Fact]
    public void No_message_is_longer_than_the_server_takes_itself()
    {
        Reconnect("""{"capabilities":{"max_data_xfer_size":18446744073709551615}}""");
        byte[] memory = new byte[(1 << 20) + 1];
        ValueTask<bool> read = Read(Base, memory);
        using (VfioUserFrame first = Request(Raw.DmaRead, Base, 1 << 20))
            Answer(first, Pattern);
        using (VfioUserFrame second = Request(Raw.DmaRead, Base + (1 << 20), 1))
            Answer(second, Pattern);
        Assert.True(ResultOf(read));
        Assert.Equal(Pattern(Base + (1 << 20)), memory[^1]);
    }

    [Fact]
    public void A_transfer_of_a_byte_a_message_does_not_flood_the_client()
    {
        Reconnect("""{"capabilities":{"max_data_xfer_size":1}}""");
        byte[] memory = new byte[500];
        ValueTask<bool> read = Read(Base, memory);
        var waiting = new Queue<VfioUserFrame>();
        for (int i = 0; i < 32; i++)
            waiting.Enqueue(Connection.Receive());
        AssertInStep();
        for (int i = 32; i < 500; i++)
        {
            using VfioUserFrame request = waiting.Dequeue();
            Answer(request, Pattern);
            waiting.Enqueue(Connection.Receive());
        }
        foreach (VfioUserFrame request in waiting)
            Answer(request, Pattern);
        Assert.True(ResultOf(read));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => Pattern(Base + (uint)i)), memory);
    }

    [Fact]
    public void A_failed_piece_fails_the_whole_and_the_answers_to_the_others_are_swallowed()
    {
        Reconnect("""{"capabilities":{"max_data_xfer_size":16}}""");
        byte[] memory = new byte[64];
        ValueTask<bool> read = Read(Base, memory);
        VfioUserFrame[] requests = [.. Enumerable.Range(0, 4).Select(_ => Connection.Receive())];
        AnswerError(requests[1], 14);
        Assert.False(ResultOf(read));
        foreach (int i in (int[])[0, 2, 3])
            Answer(requests[i], Pattern);
        AssertInStep();
        Assert.Equal(new byte[64], memory);
    }

    [Fact]
    public void A_thousand_requests_in_flight_may_be_answered_in_any_order()
    {
        byte[][] memories = [.. Enumerable.Range(0, 1000).Select(_ => new byte[8])];
        Task<bool>[] reads = [.. memories.Select((memory, i) => Read(Base + (uint)(8 * i), memory).AsTask())];
        VfioUserFrame[] requests = [.. reads.Select(_ => Connection.Receive())];
        Assert.Equal(1000, requests.Select(request => request.Id).Distinct().Count());
        new Random(1).Shuffle(requests);
        foreach (VfioUserFrame request in requests)
            Answer(request, Pattern);
        Assert.All(reads, read => Assert.True(ResultOf(read)));
        for (int i = 0; i < 1000; i++)
            Assert.Equal(Enumerable.Range(8 * i, 8).Select(at => Pattern(Base + (uint)at)), memories[i]);
    }

    [Fact]
    public void Many_threads_ask_at_once()
    {
        const int Threads = 8, Each = 200;
        var copied = new bool[Threads];
        Thread[] asking = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            bool all = true;
            for (int i = 0; i < Each; i++)
            {
                byte[] memory = new byte[16];
                ulong address = Base + (uint)(((thread * Each) + i) * 16);
                all &= ResultOf(Read(address, memory)) && memory[15] == Pattern(address + 15);
            }
            copied[thread] = all;
        }))];
        foreach (Thread thread in asking)
            thread.Start();
        for (int i = 0; i < Threads * Each; i++)
        {
            using VfioUserFrame request = Connection.Receive();
            Answer(request, Pattern);
        }
        foreach (Thread thread in asking)
            thread.Join();
        Assert.DoesNotContain(false, copied);
        AssertInStep();
    }
}
