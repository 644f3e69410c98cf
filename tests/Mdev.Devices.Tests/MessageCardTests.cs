using System.Runtime.InteropServices;
using Mdev.Sdk;
using Mdev.Sdk.Registers;

namespace Mdev.Devices.Tests;

/// <summary>The message queue card's two ends, held against each other: registers as the guest has them, file operations as the host.</summary>
public sealed class MessageCardTests : IDisposable
{
    private const uint Status = 0x04, Causes = 0x08, Enable = 0x0c, ReceiveLength = 0x10, ReceiveData = 0x14, ReceiveDone = 0x18;
    private const uint SendData = 0x1c, SendLength = 0x20, Depth = 0x24;
    private const uint MessageWaiting = 1, RoomToSend = 2, HostPresent = 4, Overrun = 8;
    private const uint Message = 1, Room = 2, Host = 4;
    private const ulong Address = 0x1000;

    private readonly MessageCard _card = new();
    private readonly CharFile _file = new(0, 0, 0);
    private readonly CharFile _nonBlocking = new(0x800, 0, 0);
    private readonly CharIoctlPiece[] _pieces = new CharIoctlPiece[2 * CharIoctl.MaxPieces];

    public MessageCardTests() => Guest.Reset(ResetKind.Warm);

    private IRegisterBlock Guest => _card.Registers;

    private ICharDevice End => _card.Registers;

    private ICharDevice Events => _card;

    public void Dispose() => _card.Dispose();

    [Fact]
    public void What_the_guest_sends_the_host_reads()
    {
        byte[] bytes = new byte[16];
        Assert.Equal(CharFile.WouldBlock, End.Read(_file, bytes));
        Assert.Equal(PollEvents.Out, End.Poll(_file));

        Send(0x0403_0201, 0x0605, 6);
        Assert.Equal(PollEvents.In | PollEvents.Out, End.Poll(_file));
        Assert.Equal(6, End.Read(_file, bytes));
        Assert.Equal([1, 2, 3, 4, 5, 6], bytes[..6]);
        Assert.Equal(CharFile.WouldBlock, End.Read(_file, bytes));
        Assert.Equal(Room, Get(Causes));
    }

    [Fact]
    public void What_the_host_writes_the_guest_takes_word_by_word()
    {
        Assert.Equal(5, End.Write(_file, [1, 2, 3, 4, 5]));
        Assert.Equal(2, End.Write(_file, [6, 7]));
        Assert.Equal(MessageWaiting | RoomToSend, Get(Status));
        Assert.Equal(Message, Get(Causes));

        Assert.Equal((5u, 0x0403_0201u, 5u, 0u), (Get(ReceiveLength), Get(ReceiveData), Get(ReceiveData), Get(ReceiveData)));
        Set(ReceiveDone, 1);
        Assert.Equal((2u, 0x0706u), (Get(ReceiveLength), Get(ReceiveData)));
        Set(ReceiveDone, 1);
        Assert.Equal((0u, 0u, RoomToSend), (Get(ReceiveLength), Get(ReceiveData), Get(Status)));
    }

    [Fact]
    public void An_interrupt_tells_the_guest_until_it_clears_the_cause()
    {
        End.Write(_file, [1]);
        Assert.False(_card.Irq.IsHigh);
        Set(Enable, Message);
        Assert.True(_card.Irq.IsHigh);
        Set(Causes, Message);
        Assert.False(_card.Irq.IsHigh);
    }

    [Fact]
    public void A_full_queue_holds_back_either_end()
    {
        Assert.Equal(0, Limit(2, 4));
        Assert.Equal(2u, Get(Depth));
        Assert.Equal(-(int)Errno.EMSGSIZE, End.Write(_file, new byte[5]));
        Assert.Equal((1, 1), (End.Write(_file, [1]), End.Write(_file, [2])));
        Assert.Equal(CharFile.WouldBlock, End.Write(_file, [3]));
        Assert.Equal(PollEvents.None, End.Poll(_file));

        int woken = 0;
        End.Queue.Connect(() => woken++);
        End.Queue.Prepare();
        Set(ReceiveDone, 1);
        Assert.Equal((1, 1), (woken, End.Write(_file, [3])));

        Send(1, 0, 1);
        Send(2, 0, 1);
        Assert.Equal(MessageWaiting, Get(Status));
        Send(3, 0, 1);
        Assert.Equal(MessageWaiting | Overrun, Get(Status));
        Assert.Equal(1, End.Read(_file, new byte[4]));
        Assert.Equal(MessageWaiting | RoomToSend | Overrun, Get(Status));
    }

    [Fact]
    public void A_message_that_the_reader_has_no_room_for_stays()
    {
        Send(1, 2, 8);
        Assert.Equal(-(int)Errno.EMSGSIZE, End.Read(_file, new byte[7]));
        Assert.Equal(8, End.Read(_file, new byte[8]));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(9u)]
    [InlineData(uint.MaxValue)]
    public void A_length_that_the_guest_has_not_written_is_lost(uint length)
    {
        Send(1, 2, length);
        Assert.Equal(RoomToSend | Overrun, Get(Status));
        Assert.Equal(CharFile.WouldBlock, End.Read(_file, new byte[8]));
    }

    [Fact]
    public void The_guest_sees_whether_somebody_is_there()
    {
        End.Open(_file);
        Assert.Equal((RoomToSend | HostPresent, Host), (Get(Status), Get(Causes)));
        End.Release(_file);
        Assert.Equal(RoomToSend, Get(Status));
    }

    [Fact]
    public void A_reset_empties_both_queues()
    {
        Send(1, 2, 8);
        End.Write(_file, [1]);
        Guest.Reset(ResetKind.Warm);
        Assert.Equal((0u, RoomToSend), (Get(ReceiveLength), Get(Status)));
        Assert.Equal(PollEvents.Out, End.Poll(_file));
    }

    [Fact]
    public void Its_status_can_be_asked_for()
    {
        Send(1, 2, 8);
        End.Write(_file, [1]);
        End.Write(_file, [1]);
        End.Read(_file, new byte[8]);
        Assert.Equal(new MessageCardState(8, 4096, 0, 2, 1, 2), Ask(MessageCardIoctls.GetStatus, default(MessageCardState), out int result));
        Assert.Equal(0, result);
        Assert.Equal(32, Marshal.SizeOf<MessageCardState>());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(65, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 4097)]
    public void Limits_that_it_has_not_are_invalid(uint depth, uint longest) => Assert.Equal(-(int)Errno.EINVAL, Limit(depth, longest));

    [Fact]
    public void A_message_can_be_looked_at_where_it_is()
    {
        End.Write(_file, [9]);
        End.Write(_file, [1, 2, 3, 4, 5]);
        Assert.Equal(new MessageCardPeek(1, 1, 5, 0x0403_0201), Ask(MessageCardIoctls.Peek, new MessageCardPeek(1, 1, 0, 0), out int result));
        Assert.Equal(0, result);
        Ask(MessageCardIoctls.Peek, new MessageCardPeek(1, 2, 0, 0), out result);
        Assert.Equal(-(int)Errno.ENOENT, result);
        Ask(MessageCardIoctls.Peek, new MessageCardPeek(2, 0, 0, 0), out result);
        Assert.Equal(-(int)Errno.EINVAL, result);
    }

    [Theory]
    [InlineData(1UL, 1)]
    [InlineData(2UL, 2)]
    [InlineData(3UL, 3)]
    [InlineData(0UL, -22)]
    [InlineData(4UL, -22)]
    public void Queues_are_flushed_by_number(ulong which, int result)
    {
        Send(1, 2, 8);
        End.Write(_file, [1]);
        End.Write(_file, [1]);
        var ioctl = new CharIoctl(MessageCardIoctls.Flush, which, [], [], _pieces);
        Assert.Equal(result, End.Ioctl(_file, ref ioctl));
    }

    [Fact]
    public void Several_messages_are_taken_at_once_as_many_as_there_is_room_for()
    {
        Send(0x11, 0, 1);
        Send(0x2222, 0x33, 5);
        Send(0x44, 0, 1);
        Assert.Equal(new byte[] { 28, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0x11, 0, 0, 0, 5, 0, 0, 0, 0x22, 0x22, 0, 0, 0x33, 0, 0, 0, 0, 0, 0, 0 }, Take(32));
        Assert.Equal([16, 0, 0, 0, 0, 0, 0, 0], Take(8));
        Assert.Equal(new byte[] { 16, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0x44, 0, 0, 0 }, Take(16));
        Assert.Equal([8, 0, 0, 0, 0, 0, 0, 0], Take(8));
        Assert.Null(Take(7));
    }

    [Fact]
    public async Task Events_are_waited_for_off_the_lock()
    {
        byte[] bytes = new byte[64];
        Assert.Equal(8, await Events.ReadAsync(_file, bytes, CancellationToken.None));
        Assert.Equal([(int)MessageCardEvent.Reset, 0], MemoryMarshal.Cast<byte, int>(bytes)[..2].ToArray());
        Assert.Equal(PollEvents.None, Events.Poll(_file));
        Assert.Equal(CharFile.WouldBlock, await Events.ReadAsync(_nonBlocking, bytes, CancellationToken.None));
        Assert.Equal(-(int)Errno.EINVAL, await Events.ReadAsync(_file, bytes.AsMemory(0, 7), CancellationToken.None));

        ValueTask<int> read = Events.ReadAsync(_file, bytes, CancellationToken.None);
        Assert.False(read.IsCompleted);
        Send(1, 0, 1);
        Assert.Equal(8, await read);
        Assert.Equal([(int)MessageCardEvent.Sent, 1], MemoryMarshal.Cast<byte, int>(bytes)[..2].ToArray());
    }

    [Fact]
    public async Task A_signal_ends_the_wait_for_events()
    {
        byte[] bytes = new byte[8];
        await Events.ReadAsync(_file, bytes, CancellationToken.None);
        using var signal = new CancellationTokenSource();
        ValueTask<int> read = Events.ReadAsync(_file, bytes, signal.Token);
        await signal.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await read);
    }

    private uint Get(uint offset)
    {
        Assert.True(Guest.TryReadLane(offset, uint.MaxValue, out ulong value));
        return (uint)value;
    }

    private void Set(uint offset, uint value) => Assert.True(Guest.TryWriteLane(offset, value, uint.MaxValue));

    private void Send(uint first, uint second, uint length)
    {
        Set(SendData, first);
        Set(SendData, second);
        Set(SendLength, length);
    }

    private int Limit(uint depth, uint longest)
    {
        Ask(MessageCardIoctls.SetLimits, new MessageCardLimits(depth, longest), out int result);
        return result;
    }

    // As a file's caller has it: the number says what is copied.
    private T Ask<T>(uint command, T argument, out int result) where T : unmanaged
    {
        byte[] bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in argument)).ToArray();
        byte[] answer = new byte[bytes.Length];
        bool isIn = (command >> 30 & 1) != 0, isOut = command >> 31 != 0;
        var ioctl = new CharIoctl(command, Address, isIn ? bytes : [], isOut ? answer : [], []);
        result = End.Ioctl(_file, ref ioctl);
        return isOut ? MemoryMarshal.Read<T>(answer) : argument;
    }

    // As a node's caller has it: pass by pass, the kernel copies what it was told to. Null where the call fails.
    private byte[]? Take(int room)
    {
        byte[] memory = new byte[room], input = [], output = [];
        MemoryMarshal.Write(memory, room);
        while (true)
        {
            var ioctl = new CharIoctl(MessageCardIoctls.Take, Address, input, output, _pieces);
            int result = End.Ioctl(_file, ref ioctl);
            if (!ioctl.NeedsMore)
                return result == 0 ? output : null;
            input = [.. ioctl.InPieces.ToArray().SelectMany(p => memory.Concat(new byte[8]).Skip((int)(p.Address - Address)).Take((int)p.Length))];
            output = new byte[ioctl.OutPieces.ToArray().Sum(p => (int)p.Length)];
        }
    }
}
