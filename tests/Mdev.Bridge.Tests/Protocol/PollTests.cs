using Mdev.Sdk;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>POLL, and who is told when.</summary>
public sealed class PollTests : IDisposable
{
    private readonly TestFile _file = new();
    private readonly KernelSide _kernel;
    private PollEvents _events;

    public PollTests()
    {
        _file.OnPoll = () => _events;
        _kernel = KernelSide.Of(_file);
    }

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void Who_only_asks_is_not_told_later()
    {
        ulong handle = _kernel.Open();
        Assert.Equal(0u, _kernel.Poll(handle, schedule: false).U32(0));
        _events = PollEvents.In;
        _file.Queue.WakeUp();
        Assert.True(_kernel.IsQuiet());
        Assert.Equal((uint)PollEvents.In, _kernel.Poll(handle, schedule: false).U32(0));
    }

    [Fact]
    public void Who_waits_is_told_once()
    {
        ulong handle = _kernel.Open();
        Assert.Equal(0u, _kernel.Poll(handle, schedule: true, pollHandle: 99).U32(0));
        _file.Queue.WakeUp();
        Assert.True(_kernel.IsQuiet());
        _events = PollEvents.In;
        _file.Queue.WakeUp();
        Answer told = _kernel.Next();
        Assert.Equal((0ul, 1, 99ul), (told.Unique, told.Error, told.U64(0)));
        _file.Queue.WakeUp();
        Assert.True(_kernel.IsQuiet());
        Assert.Equal((uint)PollEvents.In, _kernel.Poll(handle, schedule: true, pollHandle: 99).U32(0));
        _file.Queue.WakeUp();
        Assert.Equal(99ul, _kernel.Next().U64(0));
    }

    [Fact]
    public void Every_open_file_that_waits_is_told_and_a_released_one_is_not()
    {
        ulong one = _kernel.Open(), other = _kernel.Open(), gone = _kernel.Open();
        _kernel.Poll(one, schedule: true, pollHandle: 1);
        _kernel.Poll(gone, schedule: true, pollHandle: 3);
        _kernel.Poll(other, schedule: true, pollHandle: 2);
        _kernel.Release(gone);
        _events = PollEvents.In | PollEvents.Out;
        _file.Queue.WakeUp();
        Assert.Equal((1ul, 2ul), (_kernel.Next().U64(0), _kernel.Next().U64(0)));
        Assert.True(_kernel.IsQuiet());
    }

    [Fact]
    public void One_queue_wakes_those_of_all_servers()
    {
        using KernelSide second = KernelSide.Of(_file);
        _file.OnRead = (_, _) => _events == PollEvents.None ? CharFile.WouldBlock : 1;
        ulong one = _kernel.Open(), other = second.Open();
        _kernel.SendRead(one, 8);
        second.SendRead(other, 8);
        Assert.True(_kernel.IsQuiet() && second.IsQuiet());
        _events = PollEvents.In;
        _file.Queue.WakeUp();
        Assert.Single(_kernel.Next().Body);
        Assert.Single(second.Next().Body);

        // And the one that stays, when the other has gone.
        _events = PollEvents.None;
        _kernel.SendRead(one, 8);
        Assert.True(_kernel.IsQuiet());
        second.Dispose();
        _events = PollEvents.In;
        _file.Queue.WakeUp();
        Assert.Single(_kernel.Next().Body);
    }

    [Fact]
    public void A_handler_that_wakes_itself_keeps_nobody_else_waiting()
    {
        _file.OnRead = (_, _) =>
        {
            _file.Queue.WakeUp();
            return CharFile.WouldBlock;
        };
        ulong handle = _kernel.Open();
        ulong waiting = _kernel.SendRead(handle, 8);
        for (int i = 0; i < 20; i++)
            Assert.Equal(1u, _kernel.Write(handle, [1]).U32(0));
        _kernel.Interrupt(waiting);
        Assert.Equal(waiting, _kernel.Next().Unique);
    }

    [Fact]
    public void No_wake_up_is_lost()
    {
        // A writer on another thread, a reader that is always about to wait.
        int there = 0;
        _file.OnRead = (_, destination) =>
        {
            int taken = Interlocked.Exchange(ref there, 0);
            return taken == 0 ? CharFile.WouldBlock : 1;
        };
        ulong handle = _kernel.Open();
        const int Rounds = 20_000;
        var turn = new SemaphoreSlim(0);
        var writer = new Thread(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                turn.Wait();
                Thread.SpinWait(i % 500);
                Volatile.Write(ref there, 1);
                _file.Queue.WakeUp();
            }
        }) { IsBackground = true };
        writer.Start();
        for (int i = 0; i < Rounds; i++)
        {
            turn.Release();
            Assert.Single(_kernel.Read(handle, 8).Body);
        }
        writer.Join();
    }
}
