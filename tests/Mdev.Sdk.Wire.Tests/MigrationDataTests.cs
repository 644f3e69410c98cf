using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>MIG_DATA_READ and MIG_DATA_WRITE. Source: vfio-user, "VFIO_USER_MIG_DATA_READ", "VFIO_USER_MIG_DATA_WRITE".</summary>
public sealed class MigrationDataTests : WireTest
{
    private const ushort DataRead = 17, DataWrite = 18;

    [Fact]
    public void The_state_comes_in_the_pieces_that_were_asked_for_and_the_last_is_short()
    {
        Client.SetMigrationState(VfioMigrationState.StopCopy);
        var state = new List<byte>();
        while (true)
        {
            byte[] reply = Accepted(ReadMessage(100));
            uint size = BitConverter.ToUInt32(reply, 4);
            Assert.Equal(Raw.Bytes((uint)reply.Length, size), reply[..8]);
            Assert.Equal(8 + size, (uint)reply.Length);
            state.AddRange(reply[8..]);
            if (size < 100)
                break;
        }

        Assert.Equal("MDEV"u8.ToArray(), state[..4]);
        Assert.Equal(Raw.Bytes(8u, 0u), Accepted(ReadMessage(100)));
        Assert.Equal(Errno.None, Client.TryReadMigrationData(new byte[1 << 20], out int count));
        Assert.Equal(0, count);
    }

    [Fact]
    public void A_read_of_nothing_is_answered_with_nothing()
    {
        Client.SetMigrationState(VfioMigrationState.StopCopy);
        Assert.Equal(Raw.Bytes(8u, 0u), Accepted(ReadMessage(0)));
        Assert.NotEqual(Raw.Bytes(8u, 0u), Accepted(ReadMessage(8)));
    }

    [Fact]
    public void What_is_read_again_begins_anew()
    {
        byte[] state = Client.SaveState(7);
        Assert.Equal(VfioMigrationState.Stop, Client.GetMigrationState());
        Assert.Equal(state, Client.SaveState());
    }

    [Fact]
    public void Nothing_is_read_in_another_state()
    {
        Refused(ReadMessage(4));
        Client.SetMigrationState(VfioMigrationState.Stop);
        Refused(ReadMessage(4));
        Client.SetMigrationState(VfioMigrationState.Resuming);
        Refused(ReadMessage(4));
    }

    [Fact]
    public void Nothing_is_written_in_another_state()
    {
        Refused(WriteMessage([1, 2, 3, 4]));
        Client.SetMigrationState(VfioMigrationState.StopCopy);
        Refused(WriteMessage([1, 2, 3, 4]));
        Client.SetMigrationState(VfioMigrationState.Stop);
        Refused(WriteMessage([1, 2, 3, 4]));
    }

    [Theory]
    [InlineData(11, 4)]
    [InlineData(8, 1)]
    [InlineData(0, 0)]
    [InlineData(7, 0)]
    [InlineData(0x100008, 0x100001)]
    [InlineData(0x200000, 0x100001)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    [InlineData(3, 0xfffffffb)]
    public void Sizes_that_do_not_go_together_are_refused(uint argsz, uint size)
    {
        Client.SetMigrationState(VfioMigrationState.StopCopy);
        Refused(Raw.Message(DataRead, Raw.Bytes(argsz, size)));
        Client.SetMigrationState(VfioMigrationState.Resuming);
        Refused(Raw.Message(DataWrite, Raw.Bytes(argsz, size, new byte[Math.Min(size, 100)])));
    }

    [Fact]
    public void Requests_of_another_length_are_refused()
    {
        Client.SetMigrationState(VfioMigrationState.StopCopy);
        byte[] read = Raw.Bytes(12u, 4u);
        for (int length = 0; length < read.Length; length++)
            Refused(Raw.Message(DataRead, read[..length]));
        Refused(Raw.Message(DataRead, [.. read, 0]));

        Client.SetMigrationState(VfioMigrationState.Resuming);
        byte[] write = Raw.Bytes(12u, 4u, 0u);
        for (int length = 0; length < write.Length; length++)
            Refused(Raw.Message(DataWrite, write[..length]));
        Refused(Raw.Message(DataWrite, [.. write, 0]));
        Assert.Empty(Accepted(Raw.Message(DataWrite, write)));
    }

    [Fact]
    public void A_largest_piece_is_a_megabyte()
    {
        Client.SetMigrationState(VfioMigrationState.StopCopy);
        Assert.Equal(Errno.None, Client.TryReadMigrationData(new byte[1 << 20], out _));
        Refused(ReadMessage((1 << 20) + 1));
        Client.SetMigrationState(VfioMigrationState.Resuming);
        Assert.Empty(Accepted(WriteMessage(new byte[1 << 20])));
        Refused(WriteMessage(new byte[(1 << 20) + 1]));
    }

    [Fact]
    public void A_client_cannot_have_more_kept_than_a_state_has()
    {
        Client.SetMigrationState(VfioMigrationState.Resuming);
        byte[] piece = new byte[1 << 20];
        int taken = 0;
        while (Client.TryWriteMigrationData(piece) is var error)
        {
            if (error != Errno.None)
            {
                Assert.Equal(Errno.ENOSPC, error);
                break;
            }
            taken++;
            Assert.True(taken < 64, "There is no end of it.");
        }
        AssertInStep();
        Assert.Equal(Errno.EINVAL, Client.TrySetMigrationState(VfioMigrationState.Stop));
    }

    [Fact]
    public void A_client_that_goes_in_the_middle_leaves_nothing_behind()
    {
        Client.WriteRegion(7, 4, 2, 0);
        byte[] state = Client.SaveState();
        Client.SetMigrationState(VfioMigrationState.Running);
        Client.WriteRegion(7, 4, 0, 0);
        Client.SetMigrationState(VfioMigrationState.Resuming);
        Assert.Equal(Errno.None, Client.TryWriteMigrationData(state.AsSpan(0, state.Length / 2)));
        Reconnect();

        Assert.Equal(VfioMigrationState.Running, Client.GetMigrationState());
        Assert.Equal(0, Client.ReadRegion(7, 4, 1)[0]);
        Client.SetMigrationState(VfioMigrationState.Resuming);
        Assert.Equal(Errno.None, Client.TryWriteMigrationData(state.AsSpan(state.Length / 2)));
        Assert.Equal(Errno.EINVAL, Client.TrySetMigrationState(VfioMigrationState.Running));
        Client.Reset();
        Client.LoadState(state, 5);
        Assert.Equal(2, Client.ReadRegion(7, 4, 1)[0]);
    }

    [Fact]
    public void A_state_that_is_none_leads_to_error_and_a_reset_out_of_it()
    {
        byte[] state = Client.SaveState();
        Client.SetMigrationState(VfioMigrationState.Running);
        Client.WriteRegion(7, 4, 2, 0);
        byte[][] wrong = [state[..^1], [.. state, 0], [1], new byte[state.Length], [.. state[..100], (byte)~state[100], .. state[101..]]];
        foreach (byte[] bytes in wrong)
        {
            Client.SetMigrationState(VfioMigrationState.Resuming);
            Assert.Equal(Errno.None, Client.TryWriteMigrationData(bytes));
            Assert.Equal(Errno.EINVAL, Client.TrySetMigrationState(VfioMigrationState.Running));
            Assert.Equal(VfioMigrationState.Error, Client.GetMigrationState());

            // As it was, and nothing but a reset helps.
            Assert.Equal(2, Client.ReadRegion(7, 4, 1)[0]);
            foreach (VfioMigrationState any in Enum.GetValues<VfioMigrationState>())
                Assert.Equal(Errno.EINVAL, Client.TrySetMigrationState(any));
            Assert.Equal(Errno.EINVAL, Client.TryWriteRegion(0, 0, [1]));
            AssertInStep();
            Client.Reset();
            Assert.Equal(VfioMigrationState.Running, Client.GetMigrationState());
            Client.WriteRegion(7, 4, 2, 0);
        }
        Assert.Equal(wrong.Length, Server.Log.Lines.Count(line => line.Contains("was refused, and the device is as it was", StringComparison.Ordinal)));
    }

    [Fact]
    public void Another_devices_state_is_refused()
    {
        using var other = new DeviceServer(new MemoryDevice());
        byte[] foreign = other.Client.SaveState();
        Client.SetMigrationState(VfioMigrationState.Resuming);
        Assert.Equal(Errno.None, Client.TryWriteMigrationData(foreign));
        Assert.Equal(Errno.EINVAL, Client.TrySetMigrationState(VfioMigrationState.Stop));
        Assert.Equal(VfioMigrationState.Error, Client.GetMigrationState());
    }

    [Fact]
    public void A_client_that_writes_nothing_has_changed_its_mind()
    {
        Client.WriteRegion(0, 0, 1, 2, 3, 4);
        Client.SetMigrationState(VfioMigrationState.Resuming);
        Client.SetMigrationState(VfioMigrationState.Running);
        Assert.Equal(new byte[] { 1, 2, 3, 4 }, Client.ReadRegion(0, 0, 4));
    }

    [Fact]
    public void Descriptors_are_refused()
    {
        using var eventFd = new EventFd();
        Client.SetMigrationState(VfioMigrationState.StopCopy);
        Refused(ReadMessage(4), eventFd.Descriptor);
        Client.SetMigrationState(VfioMigrationState.Resuming);
        Refused(WriteMessage([1]), eventFd.Descriptor);
    }

    private static byte[] ReadMessage(uint size) => Raw.Message(DataRead, Raw.Bytes(8 + size, size));

    private static byte[] WriteMessage(byte[] data) => Raw.Message(DataWrite, Raw.Bytes((uint)(8 + data.Length), (uint)data.Length, data));
}
