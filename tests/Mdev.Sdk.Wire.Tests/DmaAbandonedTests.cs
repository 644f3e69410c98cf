using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>Transfers that nobody waits for any longer.</summary>
public sealed class DmaAbandonedTests : DmaTest
{
    private const ulong Base = 0x8000_0000;

    [Fact]
    public void A_client_that_does_not_answer_in_time_is_false_and_its_late_answer_changes_nothing()
    {
        Asking.Deadline = TimeSpan.FromMilliseconds(50);
        byte[] memory = new byte[4];
        Assert.False(ResultOf(Read(Base, memory)));
        using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);
        Answer(request, Pattern);
        AssertInStep();
        Assert.Equal(new byte[4], memory);

        // Told after the transfer has its result.
        Assert.True(Holdings.Eventually(() => Server.Log.Lines.Count(line => line.Contains("given up", StringComparison.Ordinal)) == 1));
    }

    [Fact]
    public async Task A_cancelled_transfer_throws_and_its_late_answer_changes_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        byte[] memory = new byte[4];
        ValueTask<bool> read = Read(Base, memory, cancellation.Token);
        using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await read);
        Answer(request, Pattern);
        AssertInStep();
        Assert.Equal(new byte[4], memory);
    }

    [Fact]
    public async Task What_is_cancelled_before_it_begins_is_never_sent()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Read(Base, new byte[4], new CancellationToken(canceled: true)));
        AssertInStep();
    }

    [Fact]
    public void A_range_that_goes_takes_its_transfers_with_it_and_no_others()
    {
        byte[] first = new byte[4], second = new byte[4], third = new byte[4];
        ValueTask<bool> one = Read(Base, first), two = Read(Base + 4, second), three = Read(Base + 8, third);
        VfioUserFrame[] requests = [Connection.Receive(), Connection.Receive(), Connection.Receive()];
        Asking.Abandon(Base + 5, 3);
        Assert.False(ResultOf(two));
        Assert.False(one.IsCompleted || three.IsCompleted);
        foreach (VfioUserFrame request in requests)
            Answer(request, Pattern);
        Assert.True(ResultOf(one) && ResultOf(three));
        Assert.Equal((Pattern(Base), 0, Pattern(Base + 8)), (first[0], second[0], third[0]));
    }

    [Fact]
    public void What_is_unmapped_takes_its_transfers_with_it()
    {
        Connection.Send(Raw.MapMessage(Base, 0x1000));
        Connection.Receive().Dispose();
        Connection.Send(Raw.MapMessage(Base + 0x1000, 0x1000));
        Connection.Receive().Dispose();
        ValueTask<bool> gone = Read(Base, new byte[4]), kept = Read(Base + 0x1000, new byte[4]);
        VfioUserFrame[] requests = [Connection.Receive(), Connection.Receive()];

        Connection.Send(Raw.UnmapMessage(Base, 0x1000));
        Connection.Receive().Dispose();
        Assert.False(ResultOf(gone));
        Assert.False(kept.IsCompleted);

        Connection.Send(Raw.UnmapMessage(0, 0, flags: 2));
        Connection.Receive().Dispose();
        Assert.False(ResultOf(kept));
        foreach (VfioUserFrame request in requests)
            Answer(request, Pattern);
        AssertInStep();
    }

    [Fact]
    public void A_reset_does_not_wait_for_the_client_however_often_the_device_asks_again()
    {
        Server.Device.QuiesceDeadline = TimeSpan.FromMinutes(1);
        var refused = new TaskCompletionSource<bool>();
        Server.Device.Post(async _ =>
        {
            bool any = false;
            for (int i = 0; i < 10; i++)
                any |= await Read(Base, new byte[4], CancellationToken.None);
            refused.SetResult(!any);
        });
        using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);

        Connection.Send(Raw.ResetMessage(id: 9));
        using VfioUserFrame reply = Connection.Receive();
        Assert.Equal((9, Raw.Reset, Errno.None), (reply.Id, reply.Command, reply.Error));
        Assert.True(ResultOf(refused.Task));

        // And then it asks as before.
        Answer(request, Pattern);
        AssertInStep();
        ValueTask<bool> next = Read(Base, new byte[4]);
        using VfioUserFrame again = Request(Raw.DmaRead, Base, 4);
        Answer(again, Pattern);
        Assert.True(ResultOf(next));
    }

    [Fact]
    public void The_last_byte_of_the_address_space_is_a_range()
    {
        ValueTask<bool> read = Read(ulong.MaxValue - 3, new byte[4]);
        using VfioUserFrame request = Connection.Receive();
        Asking.Abandon(0, 0x1000);
        Assert.False(read.IsCompleted);
        Asking.Abandon(ulong.MaxValue, 1);
        Assert.False(ResultOf(read));
        Answer(request, Pattern);
        AssertInStep();
    }

    [Fact]
    public void All_at_once_are_ended_and_new_ones_begin()
    {
        Task<bool>[] reads = [.. Enumerable.Range(0, 50).Select(i => Read(Base + (uint)i, new byte[1]).AsTask())];

        // What had not been sent would not be sent any more.
        VfioUserFrame[] requests = [.. Enumerable.Range(0, 50).Select(_ => Connection.Receive())];
        Asking.AbandonAll();
        Assert.All(reads, read => Assert.False(ResultOf(read)));
        ValueTask<bool> next = Read(Base, new byte[1]);
        requests = [.. requests, Connection.Receive()];
        Assert.Equal(51, requests.Select(request => request.Id).Distinct().Count());
        foreach (VfioUserFrame request in requests)
            Answer(request, Pattern);
        Assert.True(ResultOf(next));
    }

    [Fact]
    public void Pieces_that_are_not_sent_yet_are_not_sent_any_more()
    {
        Reconnect("""{"capabilities":{"max_data_xfer_size":1}}""");
        ValueTask<bool> read = Read(Base, new byte[1000]);
        VfioUserFrame[] requests = [.. Enumerable.Range(0, 32).Select(_ => Connection.Receive())];
        Asking.AbandonAll();
        Assert.False(ResultOf(read));
        foreach (VfioUserFrame request in requests)
            Answer(request, Pattern);
        AssertInStep();
    }

    [Fact]
    public void Ids_of_abandoned_requests_are_not_given_out_again_and_asking_ends_before_they_do()
    {
        const int MostInFlight = 1 << 15;
        var ids = new HashSet<ushort>();
        for (int i = 0; i < MostInFlight; i++)
        {
            ValueTask<bool> read = Read(Base, new byte[1]);
            using VfioUserFrame request = Connection.Receive();
            Assert.True(ids.Add(request.Id), "An id is given out twice.");
            Asking.AbandonAll();
            Assert.False(ResultOf(read));
        }

        ValueTask<bool> waiting = Read(Base, new byte[1]);
        AssertInStep();
        Assert.False(waiting.IsCompleted);

        // One late answer, and one id is free again.
        Connection.Send(Raw.Message(Raw.DmaRead, Raw.Bytes(Base, 1ul, (byte)7), ids.First(), Raw.IsReply));
        using VfioUserFrame last = Request(Raw.DmaRead, Base, 1);
        Answer(last, Pattern);
        Assert.True(ResultOf(waiting));
    }
}
