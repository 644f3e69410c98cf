using System.Buffers.Binary;
using Mdev.Sdk;
using Mdev.Sdk.Bridge.Devices;
using Mdev.Sdk.Bridge.Files;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>The thread that serves allocates nothing per request; it tells of itself, by a file.</summary>
public sealed class AllocationTests : IDisposable
{
    private const int Rounds = 3000;

    [ThreadStatic]
    private static long t_before;

    private readonly PlainDevice _device = PlainDevice.Make();
    private readonly KernelSide _kernel;
    private readonly ulong _meter, _region, _interrupt, _char, _worker;
    private long _byWorkers;

    public AllocationTests()
    {
        var guard = new CallGuard();
        var meter = new TestFile
        {
            OnRead = (_, destination) =>
            {
                BinaryPrimitives.WriteInt64LittleEndian(destination, GC.GetAllocatedBytesForCurrentThread());
                return sizeof(long);
            },
        };
        var worker = new TestFile
        {
            OnReadAsync = (bytes, _) =>
            {
                CountWorker();
                return new ValueTask<int>(bytes.Length);
            },
            OnWriteAsync = (bytes, _) => new ValueTask<int>(bytes.Length),
        };
        _kernel = KernelSide.Of(new FilesInTurn(
            meter, new RegionFile(_device, 0, RegionRule.Vfio, guard, 0x180), new InterruptFile(new FolderInterrupts(_device), 1, 0, guard),
            new CharDeviceFile(_device, _device.CharDevice, guard, 0x180), worker));
        (_meter, _region, _interrupt, _char, _worker) = (_kernel.Open(), _kernel.Open(), _kernel.Open(), _kernel.Open(), _kernel.Open());
    }

    public void Dispose()
    {
        _kernel.Dispose();
        _device.Dispose();
    }

    [Fact]
    public void Reads_and_writes_of_regions() => AssertAllocatesNothing(() =>
    {
        Assert.Single(_kernel.Read(_region, 1, offset: 0x40).Body);
        Assert.Equal(4u, _kernel.Write(_region, new byte[4], offset: 0x41).U32(0));
        Assert.Equal(0x2000, _kernel.Read(_region, 0x2000).Body.Length);
    });

    [Fact]
    public void Refusals() => AssertAllocatesNothing(() =>
    {
        Assert.Equal(-(int)Errno.EINVAL, _kernel.Read(_region, 1, offset: 1 << 30).Error);
        Assert.Equal(-(int)Errno.EAGAIN, _kernel.Read(_char, 1, KernelSide.ReadWrite | KernelSide.NonBlocking).Error);
        Assert.Equal(-(int)Errno.EBADF, _kernel.Read(99, 1).Error);
    });

    [Fact]
    public void Interrupts_triggered_and_taken() => AssertAllocatesNothing(() =>
    {
        _device.First.Pulse();
        Assert.Equal(1u, _kernel.Poll(_interrupt, schedule: false).U32(0) & 1);
        Assert.Equal(1ul, _kernel.Read(_interrupt, 8).U64(0));
        Assert.Equal(8u, _kernel.Write(_interrupt, KernelSide.U64(2)).U32(0));
        Assert.Equal(1ul, _kernel.Read(_interrupt, 8).U64(0));
    });

    [Fact]
    public void An_interrupt_that_is_waited_for() => AssertAllocatesNothing(() =>
    {
        ulong waiting = _kernel.SendRead(_interrupt, 8);
        Thread.Yield();
        _device.First.Pulse();
        Assert.Equal(waiting, _kernel.Next().Unique);
    });

    [Fact]
    public void Character_devices_at_once() => AssertAllocatesNothing(() =>
    {
        Assert.Equal(4u, _kernel.Poll(_char, schedule: true).U32(0));
        Assert.Equal(4u, _kernel.Write(_char, new byte[4]).U32(0));
        Assert.Equal((0ul, 7ul), Told());
        Assert.Equal(5u, _kernel.Poll(_char, schedule: false).U32(0));
        Assert.Equal(4, _kernel.Read(_char, 4).Body.Length);
        Assert.Equal(4u, _kernel.Ioctl(_char, 1, 0x1000, [], 0).U32(4));
        Assert.Equal(8u, _kernel.Ioctl(_char, 1, 0x1000, [7, 0, 0, 0], 4).U32(16));
    });

    [Fact]
    public void A_read_that_waits_and_is_woken() => AssertAllocatesNothing(() =>
    {
        ulong waiting = _kernel.SendRead(_char, 1), writing = _kernel.Send(16, [.. KernelSide.Transfer(_char, 0, 1, 0x8002), 1]);
        Assert.Equal(waiting + writing, _kernel.Next().Unique + _kernel.Next().Unique);
    });

    [Fact]
    public void Calls_on_worker_threads_allocate_nothing_there_either()
    {
        AssertAllocatesNothing(() =>
        {
            Assert.Equal(100, _kernel.Read(_worker, 100).Body.Length);
            Assert.Equal(3u, _kernel.Write(_worker, new byte[3]).U32(0));
        });
        Volatile.Write(ref _byWorkers, 0);
        for (int i = 0; i < Rounds; i++)
            _kernel.Read(_worker, 100);
        Assert.Equal(0, Volatile.Read(ref _byWorkers));
    }

    // What each thread has allocated since it was here before.
    private void CountWorker()
    {
        long now = GC.GetAllocatedBytesForCurrentThread();
        if (t_before != 0)
            Interlocked.Add(ref _byWorkers, now - t_before);
        t_before = now;
    }

    private (ulong Unique, ulong PollHandle) Told()
    {
        Answer told = _kernel.Next();
        return (told.Unique, told.U64(0));
    }

    private void AssertAllocatesNothing(Action pass)
    {
        for (int i = 0; i < 1000; i++)
            pass();

        // What the runtime allocates once, as for the first wait for a lock, is in one of the runs and not in the others.
        long least = long.MaxValue;
        for (int run = 0; run < 3; run++)
        {
            ulong before = _kernel.Read(_meter, 8).U64(0);
            for (int i = 0; i < Rounds; i++)
                pass();
            least = Math.Min(least, (long)(_kernel.Read(_meter, 8).U64(0) - before));
        }
        Assert.Equal(0, least);
    }
}
