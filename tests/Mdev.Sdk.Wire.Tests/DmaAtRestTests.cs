using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>A device that comes to rest while it waits for its client, which waits for the device: nobody may wait for the other.</summary>
public sealed class DmaAtRestTests : DmaTest
{
    private const ulong Base = 0x8000_0000;
    private const ushort DeviceFeature = 16;
    private const uint SetMigrationState = 2 | (1 << 17);

    [Fact]
    public void A_reset_ends_what_the_client_was_asked_for_and_is_answered_at_once() => EndsTransfers(Raw.ResetMessage(id: 7));

    [Fact]
    public void A_stop_ends_what_the_client_was_asked_for_and_is_answered_at_once() =>
        EndsTransfers(Raw.Message(DeviceFeature, Raw.Bytes(16u, SetMigrationState, 1u, 0u), id: 7));

    [Fact]
    public void The_next_client_can_be_asked_by_work_that_waited_for_it()
    {
        Connection.Send(Raw.Message(DeviceFeature, Raw.Bytes(16u, SetMigrationState, 1u, 0u), id: 7));
        using VfioUserFrame stopped = Connection.Receive();
        var memory = new byte[4];
        var done = new TaskCompletionSource<bool>();
        Server.Device.Post(async cancellation => done.SetResult(await Messages.ReadAsync(Base, memory, cancellation)), "a read");
        AssertInStep();

        Connection.Send(Raw.Message(DeviceFeature, Raw.Bytes(16u, SetMigrationState, 2u, 0u), id: 8));
        using VfioUserFrame first = Connection.Receive(), second = Connection.Receive();
        VfioUserFrame request = first.Command == Raw.DmaRead ? first : second;
        AssertRequest(request, Raw.DmaRead, Base, 4);
        Answer(request, Pattern);
        Assert.True(ResultOf(done.Task));
        Assert.Equal(Pattern(Base), memory[0]);
    }

    private void EndsTransfers(byte[] command)
    {
        // Longer than any test waits: what ends in time has not waited for it.
        Server.Device.QuiesceDeadline = TimeSpan.FromMinutes(10);
        var done = new TaskCompletionSource<bool>();
        Server.Device.Post(async _ => done.SetResult(await Messages.ReadAsync(Base, new byte[4], CancellationToken.None)), "a read");
        using VfioUserFrame request = Request(Raw.DmaRead, Base, 4);

        Connection.Send(command);
        using VfioUserFrame reply = Connection.Receive();
        Assert.Equal((7, Errno.None), (reply.Id, reply.Error));
        Assert.False(ResultOf(done.Task));
        Assert.Equal(0, Server.Device.Counters.Late);

        // The answer that comes all the same is known for what it is.
        Answer(request, Pattern);
        AssertInStep();
    }
}
