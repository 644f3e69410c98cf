using Mdev.Sdk;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>OPEN, READ, WRITE, RELEASE, INTERRUPT.</summary>
public sealed class TransferTests : IDisposable
{
    private const int Again = -(int)Errno.EAGAIN, Interrupted = -(int)Errno.EINTR, Bad = -(int)Errno.EBADF, Invalid = -(int)Errno.EINVAL, Failed = -(int)Errno.EIO;

    private readonly TestFile _file = new();
    private readonly KernelSide _kernel;

    public TransferTests() => _kernel = KernelSide.Of(_file);

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void A_read_gets_what_the_handler_has()
    {
        _file.OnRead = (_, destination) =>
        {
            "hello"u8.CopyTo(destination);
            return 5;
        };
        ulong handle = _kernel.Open();
        Assert.Equal("hello"u8, _kernel.Read(handle, 65536).Body);
        Assert.Equal(0, _kernel.Release(handle).Error);
        Assert.Equal("released", _file.Happened());
        Assert.Equal(Bad, _kernel.Read(handle, 1).Error);
        Assert.Equal(Bad, _kernel.Release(handle).Error);
    }

    [Fact]
    public void Only_a_reader_that_may_wait_waits()
    {
        int there = Again;
        _file.OnRead = (_, _) => Volatile.Read(ref there);
        ulong handle = _kernel.Open();
        Assert.Equal(Again, _kernel.Read(handle, 8, KernelSide.ReadWrite | KernelSide.NonBlocking).Error);

        // What the descriptor says now counts, not what open(2) said.
        ulong other = _kernel.Open(KernelSide.ReadWrite | KernelSide.NonBlocking);
        ulong first = _kernel.SendRead(handle, 8), second = _kernel.SendRead(other, 8);
        Assert.True(_kernel.IsQuiet());
        Volatile.Write(ref there, 3);
        _file.Queue.WakeUp();
        Answer[] answers = [_kernel.Next(), _kernel.Next()];
        Assert.Equal([first, second], answers.Select(answer => answer.Unique));
        Assert.All(answers, answer => Assert.Equal((0, 3), (answer.Error, answer.Body.Length)));
    }

    [Fact]
    public void A_read_that_goes_on_behind_data_does_not_wait()
    {
        // A read(2) of more than 64 KiB comes in pieces: its caller has the first one already.
        _file.OnRead = (offset, destination) => offset == 0 ? destination.Length : Again;
        ulong handle = _kernel.Open();
        Assert.Equal(65536, _kernel.Read(handle, 65536).Body.Length);
        Answer rest = _kernel.Read(handle, 65536, offset: 65536);
        Assert.Equal((0, 0), (rest.Error, rest.Body.Length));
    }

    [Fact]
    public void A_signal_ends_a_wait_and_the_handler_hears_of_it()
    {
        _file.OnRead = (_, _) => Again;
        ulong handle = _kernel.Open();
        ulong first = _kernel.SendRead(handle, 8), second = _kernel.SendRead(handle, 8);
        _kernel.Interrupt(second + 100);
        _kernel.Interrupt(second);
        Answer answer = _kernel.Next();
        Assert.Equal((second, Interrupted), (answer.Unique, answer.Error));
        Assert.Equal("interrupted", _file.Happened());
        _kernel.Interrupt(second);
        Assert.True(_kernel.IsQuiet());
        _kernel.Interrupt(first);
        Assert.Equal(first, _kernel.Next().Unique);
    }

    [Fact]
    public void A_signal_cancels_an_asynchronous_read()
    {
        _file.OnReadAsync = async (_, interrupted) =>
        {
            await Task.Delay(Timeout.Infinite, interrupted);
            return 0;
        };
        ulong handle = _kernel.Open();
        ulong unique = _kernel.SendRead(handle, 8);
        Assert.True(_kernel.IsQuiet());
        _kernel.Interrupt(unique);
        Answer answer = _kernel.Next();
        Assert.Equal((unique, Interrupted), (answer.Unique, answer.Error));

        // The next call is not the interrupted one's.
        _file.OnReadAsync = async (bytes, interrupted) =>
        {
            await Task.Delay(20, interrupted);
            return bytes.Length;
        };
        for (int i = 0; i < 5; i++)
            Assert.Equal(8, _kernel.Read(handle, 8).Body.Length);
    }

    [Fact]
    public void A_handler_that_does_not_heed_a_signal_keeps_its_caller_two_seconds()
    {
        var end = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _file.OnReadAsync = (_, _) => new ValueTask<int>(end.Task);
        ulong handle = _kernel.Open(), unique = _kernel.SendRead(handle, 8);
        _kernel.Interrupt(unique);
        Answer answer = _kernel.Next();
        Assert.Equal((unique, Interrupted), (answer.Unique, answer.Error));

        // Its late end is nobody's answer, and it has the file until then.
        Assert.Equal(0, _kernel.Release(handle).Error);
        Assert.True(_kernel.IsQuiet());
        Assert.Empty(_file.Events);
        end.SetResult(8);
        Assert.Equal("released", _file.Happened());
        Assert.True(_kernel.IsQuiet());
    }

    [Fact]
    public void An_asynchronous_handler_that_tells_too_much_is_not_believed()
    {
        _file.OnReadAsync = (bytes, _) => new ValueTask<int>(bytes.Length + 100);
        _file.OnWriteAsync = (bytes, _) => new ValueTask<int>(bytes.Length + 100);
        ulong handle = _kernel.Open();
        Assert.Equal(8, _kernel.Read(handle, 8).Body.Length);
        Assert.Equal(3u, _kernel.Write(handle, [1, 2, 3]).U32(0));
    }

    [Theory]
    [InlineData(-512)]
    [InlineData(-4096)]
    [InlineData(int.MinValue)]
    public void An_error_that_the_kernel_does_not_know_becomes_EIO(int result)
    {
        _file.OnRead = (_, _) => result;
        _file.OnWriteAsync = (_, _) => new ValueTask<int>(result);
        _file.OnIoctl = (ref _) => result;
        ulong handle = _kernel.Open();
        Assert.Equal(Failed, _kernel.Read(handle, 8).Error);
        Assert.Equal(Failed, _kernel.Write(handle, [1]).Error);
        Assert.Equal(Failed, _kernel.Ioctl(handle, 1, 0, [], 0).Error);
    }

    [Fact]
    public void An_open_that_is_refused_with_ENOSYS_is_refused_with_something_that_refuses_it()
    {
        // To ENOSYS the kernel says that opening needs nobody, succeeds, and never releases.
        _file.OnOpen = () => throw new Mdev.Sdk.Bridge.Fuse.FuseException(Errno.ENOSYS);
        Assert.Equal(-(int)Errno.ENOTSUP, _kernel.AskOpen().Error);
        _file.OnOpen = () => throw new Mdev.Sdk.Bridge.Fuse.FuseException(Errno.EBUSY);
        Assert.Equal(-(int)Errno.EBUSY, _kernel.AskOpen().Error);
        _file.OnOpen = () => throw new InvalidOperationException("A vendor's mistake.");
        Assert.Equal(Failed, _kernel.AskOpen().Error);
    }

    [Fact]
    public void Handlers_that_throw_fail_the_call_and_nothing_else()
    {
        _file.OnRead = (_, _) => throw new InvalidOperationException("A vendor's mistake.");
        _file.OnWrite = (_, _) => throw new InvalidOperationException("A vendor's mistake.");
        _file.OnIoctl = (ref _) => throw new InvalidOperationException("A vendor's mistake.");
        _file.OnPoll = () => throw new InvalidOperationException("A vendor's mistake.");
        _file.OnRelease = () => throw new InvalidOperationException("A vendor's mistake.");
        ulong handle = _kernel.Open();
        Assert.Equal(Failed, _kernel.Read(handle, 8).Error);
        Assert.Equal(Failed, _kernel.Write(handle, [1]).Error);
        Assert.Equal(Failed, _kernel.Ioctl(handle, 1, 0, [], 0).Error);
        Assert.Equal((uint)PollEvents.Error, _kernel.Poll(handle, schedule: false).U32(0));
        _file.OnReadAsync = (_, _) => throw new InvalidOperationException("A vendor's mistake.");
        Assert.Equal(Failed, _kernel.Read(handle, 8).Error);
        Assert.Equal(0, _kernel.Release(handle).Error);
        Assert.NotEqual(0ul, _kernel.Open());
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_invalid()
    {
        ulong handle = _kernel.Open();
        Assert.Equal(Invalid, _kernel.Ask(14, new byte[4]).Error);
        Assert.Equal(Invalid, _kernel.Ask(15, KernelSide.Transfer(handle, 0, 8, 0)[..39]).Error);
        Assert.Equal(Invalid, _kernel.Ask(16, [.. KernelSide.Transfer(handle, 0, 8, 0), 1, 2]).Error);
        Assert.Equal(Invalid, _kernel.Ask(16, KernelSide.Transfer(handle, 0, uint.MaxValue, 0)).Error);
        Assert.Equal(Invalid, _kernel.Ask(18, new byte[23]).Error);
        Assert.Equal(Invalid, _kernel.Ask(40, new byte[8]).Error);
        Assert.Equal(Invalid, _kernel.Ask(39, new byte[31]).Error);
        Assert.Equal(Bad, _kernel.Read(handle + 1, 8).Error);
        Assert.Equal(Bad, _kernel.Write(handle + 1, [1]).Error);
        Assert.Equal(Bad, _kernel.Poll(handle + 1, schedule: true).Error);
        Assert.Equal(Bad, _kernel.Ioctl(handle + 1, 1, 0, [], 0).Error);
    }

    [Fact]
    public void More_than_64_KiB_at_once_is_cut_or_refused()
    {
        _file.OnRead = (_, destination) => destination.Length;
        ulong handle = _kernel.Open();
        Assert.Equal(0x10000, _kernel.Read(handle, 0x10001).Body.Length);
        Assert.Equal(0x10000, _kernel.Read(handle, uint.MaxValue).Body.Length);
        Assert.Equal(0x10000u, _kernel.Write(handle, new byte[0x10000]).U32(0));
        Assert.Equal(Invalid, _kernel.Write(handle, new byte[0x10001]).Error);
        _file.OnReadAsync = (bytes, _) => new ValueTask<int>(bytes.Length);
        Assert.Equal(0x10000, _kernel.Read(handle, uint.MaxValue).Body.Length);
    }

    [Theory]
    [InlineData(20)] // FSYNC
    [InlineData(1)]
    [InlineData(46)]
    [InlineData(4096)]
    [InlineData(4095)]
    public void What_is_not_known_is_not_implemented(uint opcode) => Assert.Equal(-(int)Errno.ENOSYS, _kernel.Ask(opcode, new byte[64]).Error);

    [Fact]
    public void A_file_that_is_released_has_nobody_waiting()
    {
        _file.OnRead = (_, _) => Again;
        ulong handle = _kernel.Open(), other = _kernel.Open();
        ulong waiting = _kernel.SendRead(handle, 8), stays = _kernel.SendRead(other, 8);
        ulong release = _kernel.Send(18, [.. KernelSide.U64(handle), .. new byte[16]]);
        Answer[] answers = [_kernel.Next(), _kernel.Next()];
        Assert.Equal(Bad, answers.Single(answer => answer.Unique == waiting).Error);
        Assert.Equal(0, answers.Single(answer => answer.Unique == release).Error);
        Assert.True(_kernel.IsQuiet());
        _file.OnRead = (_, _) => 1;
        _file.Queue.WakeUp();
        Assert.Equal(stays, _kernel.Next().Unique);
    }

    [Fact]
    public void A_thousand_files_are_open_at_once()
    {
        var handles = new HashSet<ulong>();
        for (int i = 0; i < 1000; i++)
            Assert.True(handles.Add(_kernel.Open()));
        _file.OnRead = (_, _) => 1;
        foreach (ulong handle in handles)
        {
            Assert.Single(_kernel.Read(handle, 8).Body);
            Assert.Equal(0, _kernel.Release(handle).Error);
        }
        Assert.Equal(1000, _file.Events.Count);
    }

    [Fact]
    public void Those_who_wait_when_the_server_ends_are_told_and_their_files_released()
    {
        _file.OnRead = (_, _) => Again;
        ulong handle = _kernel.Open(), unique = _kernel.SendRead(handle, 8);
        Assert.Equal(handle + 1, _kernel.Open());
        _file.OnReadAsync = async (_, interrupted) =>
        {
            await Task.Delay(Timeout.Infinite, interrupted);
            return 0;
        };
        _kernel.SendRead(handle, 8);
        Assert.Equal(handle + 2, _kernel.Open());
        _kernel.Server.Dispose();
        Assert.All(Enumerable.Range(0, 3), _ => Assert.Equal("released", _file.Happened()));

        // The cancelled one's answer may come before, or too late.
        Answer answer = _kernel.Next();
        if (answer.Unique != unique)
            answer = _kernel.Next();
        Assert.Equal((unique, -(int)Errno.ENODEV), (answer.Unique, answer.Error));
    }

    [Fact]
    public void When_the_kernel_hangs_up_files_are_released()
    {
        _kernel.Open();
        _kernel.HangUp();
        Assert.Equal("released", _file.Happened());
    }

    [Fact]
    public void A_handler_may_end_its_own_server()
    {
        _file.OnWrite = (_, source) =>
        {
            _kernel.Server.Dispose();
            return source.Length;
        };
        Assert.Equal(1u, _kernel.Write(_kernel.Open(), [1]).U32(0));
        Assert.Equal("released", _file.Happened());
    }
}
