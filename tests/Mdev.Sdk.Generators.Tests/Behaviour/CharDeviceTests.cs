using System.Runtime.InteropServices;
using Mdev.Sdk.Generators.Tests.Behaviour.Blocks;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour;

/// <summary>File operations, called as whoever serves the device does.</summary>
public sealed class CharDeviceTests : IDisposable
{
    private const uint NonBlocking = 0x800;
    private const ulong Address = 0x1000;

    private readonly CharCard _card = new();
    private readonly CharFile _file = new(0, 1, 2);
    private readonly CharIoctlPiece[] _pieces = new CharIoctlPiece[2 * CharIoctl.MaxPieces];

    private ICharDevice Device => _card;

    public void Dispose() => _card.Dispose();

    [Fact]
    public void A_class_says_what_it_is_called_and_what_it_can()
    {
        Assert.Equal("card-{short}-{n}", Device.NodeName);
        Assert.Equal(CharOperations.Read | CharOperations.Write | CharOperations.Poll | CharOperations.Ioctl, Device.Operations);
        Assert.Equal(CharOperations.None, Device.Asynchronous);

        ICharDevice port = _card.Port;
        Assert.Equal("port", port.NodeName);
        Assert.Equal(CharOperations.Read | CharOperations.Write | CharOperations.Poll, port.Operations);
        Assert.Equal(CharOperations.Read | CharOperations.Write, port.Asynchronous);
    }

    [Fact]
    public void A_block_tells_of_those_inside_of_it_too()
    {
        var rack = new CharRack();
        List<ICharDevice> found = [];
        ((IRegisterBlock)rack).FindCharDevices(found.Add);
        Assert.Equal([rack, rack.First, rack.Ports[1]!], found);

        found.Clear();
        ((IRegisterBlock)new WordBlock()).FindCharDevices(found.Add);
        Assert.Empty(found);
    }

    [Fact]
    public void Each_operation_is_its_handler()
    {
        Assert.Equal(0, Device.Open(_file));
        Assert.Equal("open", _card.Called);
        Assert.Same(_file, _card.File);
        Assert.Equal(-(int)Errno.EACCES, Device.Open(new CharFile(NonBlocking, 0, 0)));

        byte[] bytes = new byte[3];
        Assert.Equal(3, Device.Read(_file, bytes));
        Assert.Equal([7, 7, 7], bytes);
        Assert.Equal(2, Device.Write(_file, [1, 2]));
        Assert.Equal("write", _card.Called);
        Assert.Equal(PollEvents.HangUp, Device.Poll(_file));
        Device.Interrupted(_file);
        Assert.Equal("interrupt", _card.Called);
        Device.Release(_file);
        Assert.Equal("release", _card.Called);
    }

    [Fact]
    public void An_operation_without_a_handler_is_the_kernels_default()
    {
        ICharDevice port = _card.Port;
        Assert.Equal(0, port.Open(_file));
        Assert.Equal(-(int)Errno.EINVAL, port.Read(_file, new byte[1]));
        Assert.Equal(PollEvents.None, port.Poll(_file));
        CharIoctl ioctl = Pass(CharCard.Get, [], 0);
        Assert.Equal(-(int)Errno.ENOTTY, port.Ioctl(_file, ref ioctl));
        port.Release(_file);
    }

    [Fact]
    public void Whoever_waits_is_woken_by_the_queue_of_the_class()
    {
        int woken = 0;
        Device.Queue.Connect(() => woken++);
        Device.Queue.Prepare();
        _card.Wake();
        Assert.Equal(1, woken);
        Assert.NotSame(Device.Queue, ((ICharDevice)_card.Port).Queue);
    }

    [Fact]
    public void A_struct_that_the_caller_gets_takes_a_pass_to_ask_and_one_to_answer()
    {
        _card.Status = new CharStatus(3, 0x0102_0304_0506_0708);
        CharIoctl ioctl = Pass(CharCard.Get, [], 0);
        Assert.Equal(0, Device.Ioctl(_file, ref ioctl));
        Assert.True(ioctl.NeedsMore);
        Assert.Equal([new(Address, 16)], ioctl.OutPieces.ToArray());

        byte[] output = new byte[16];
        ioctl = new CharIoctl(CharCard.Get, Address, [], output, _pieces);
        Assert.Equal(0, Device.Ioctl(_file, ref ioctl));
        Assert.False(ioctl.NeedsMore);
        Assert.Equal(16, ioctl.OutputLength);
        Assert.Equal([3, 0, 0, 0, 0, 0, 0, 0, 8, 7, 6, 5, 4, 3, 2, 1], output);
    }

    [Fact]
    public void A_struct_that_he_gives_is_not_handled_before_it_is_there()
    {
        CharIoctl ioctl = Pass(CharCard.Set, [], 0);
        Assert.Equal(0, Device.Ioctl(_file, ref ioctl));
        Assert.True(ioctl.NeedsMore);
        Assert.Equal(0u, _card.Status.Depth);

        ioctl = Pass(CharCard.Set, [9, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0], 0);
        Assert.Equal(0, Device.Ioctl(_file, ref ioctl));
        Assert.Equal((9u, 1ul), (_card.Status.Depth, _card.Status.Sent));

        ioctl = Pass(CharCard.Set, new byte[16], 0);
        Assert.Equal(-(int)Errno.EINVAL, Device.Ioctl(_file, ref ioctl));
    }

    [Fact]
    public void One_that_goes_both_ways_is_changed_in_place()
    {
        _card.Status = new CharStatus { Depth = 1 };
        byte[] output = new byte[16];
        byte[] input = new byte[16];
        input[0] = 2;
        var ioctl = new CharIoctl(CharCard.Exchange, Address, input, output, []);
        Assert.Equal(5, Device.Ioctl(_file, ref ioctl));
        Assert.Equal(2u, _card.Status.Depth);
        Assert.Equal(1u, MemoryMarshal.Read<CharStatus>(output).Depth);
        Assert.Equal("exchange", _card.Called);
        Assert.Same(_file, _card.File);
    }

    [Theory]
    [InlineData(CharCard.Narrow, 0x1_0000_0005UL, 5)]
    [InlineData(CharCard.Narrow, ulong.MaxValue, -1)]
    [InlineData(CharCard.Wide, 0x1_0000_0005UL, 0)]
    [InlineData(CharCard.Flush, 0UL, 3)]
    [InlineData(CharCard.Drain, 0UL, 3)]
    [InlineData(CharCard.Drain | 1u << 31, 0UL, -25)]
    [InlineData(0u, 0UL, -25)]
    public void A_value_is_the_argument_itself(uint command, ulong argument, int result)
    {
        var ioctl = new CharIoctl(command, argument, [], [], _pieces);
        Assert.Equal(result, Device.Ioctl(_file, ref ioctl));
        Assert.False(ioctl.NeedsMore);
        if (command == CharCard.Wide)
            Assert.Equal(argument, _card.Status.Sent);
    }

    [Fact]
    public void A_handler_of_the_call_asks_for_what_it_wants()
    {
        byte[][] passes = [[], [3], [3, 3, 4, 5]];
        int[] results = [.. passes.Select(input =>
        {
            CharIoctl ioctl = Pass(CharCard.Sum, input, 0);
            return Device.Ioctl(_file, ref ioctl);
        })];
        Assert.Equal([0, 0, 12], results);
    }

    [Fact]
    public void A_size_that_only_the_run_shows_is_compared_then()
    {
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() =>
        {
            CharIoctl ioctl = Pass(CharCard.Wrong, [], 12);
            Device.Ioctl(_file, ref ioctl);
        });
        Assert.Contains("'TakeWrong' handles 0x800c5109, _IOR('Q', 9, 12 bytes)", thrown.Message, StringComparison.Ordinal);

        byte[] output = new byte[16];
        var right = new CharIoctl(CharCard.Identify, Address, [], output, _pieces);
        Assert.Equal(0, Device.Ioctl(_file, ref right));
        Assert.Equal(1, output[0]);
    }

    [Fact]
    public async Task An_asynchronous_handler_ends_when_it_has_something()
    {
        ICharDevice port = _card.Port;
        byte[] bytes = new byte[4];
        ValueTask<int> read = port.ReadAsync(_file, bytes, CancellationToken.None);
        Assert.False(read.IsCompleted);
        ((IRegisterBlock)_card.Port).TryWriteLane(0, 0x2a, uint.MaxValue);
        Assert.Equal(1, await read);
        Assert.Equal(0x2a, bytes[0]);
        Assert.Equal(4, await port.WriteAsync(_file, bytes, CancellationToken.None));
        Assert.Equal(CharFile.WouldBlock, await port.WriteAsync(new CharFile(NonBlocking, 0, 0), bytes, CancellationToken.None));
    }

    [Fact]
    public async Task A_signal_ends_it()
    {
        using var signal = new CancellationTokenSource();
        ValueTask<int> read = ((ICharDevice)_card.Port).ReadAsync(_file, new byte[1], signal.Token);
        await signal.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await read);
    }

    [Fact]
    public void A_request_allocates_nothing()
    {
        byte[] bytes = new byte[16], output = new byte[16];
        All();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            All();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void All()
        {
            Device.Read(_file, bytes);
            Device.Write(_file, bytes);
            Device.Poll(_file);
            foreach (uint command in (ReadOnlySpan<uint>)[CharCard.Get, CharCard.Set, CharCard.Exchange, CharCard.Narrow, CharCard.Flush, CharCard.Sum, CharCard.Identify])
            {
                var ioctl = new CharIoctl(command, Address, bytes, output, _pieces);
                Device.Ioctl(_file, ref ioctl);
            }
        }
    }

    private CharIoctl Pass(uint command, byte[] input, int output) => new(command, Address, input, new byte[output], _pieces);
}
