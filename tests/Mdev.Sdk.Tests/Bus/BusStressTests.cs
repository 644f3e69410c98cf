using System.Collections.Concurrent;

namespace Mdev.Sdk.Tests.Bus;

/// <summary>Sixteen threads make, change, remove and unregister on shared parents; what must hold, holds during and after.</summary>
public sealed class BusStressTests
{
    private const int Threads = 16;
    private const int Operations = 1500;

    private readonly ConcurrentDictionary<ScratchInstance, byte> _alive = [];
    private readonly ConcurrentBag<ScratchInstance> _all = [];
    private int _reserved;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Creation_removal_and_unregistration_race_and_every_share_comes_back(int seed)
    {
        var bus = new MdevBus([new FickleUser()]);
        ScratchParent[] parents =
        [
            Watched(new(ScratchParent.Type("a"), ScratchParent.Type("b", 2)) { Name = "weighed", Most = 5 }, most: 5),
            Watched(new(ScratchParent.Type("a"), ScratchParent.Type("b")) { Name = "counted", MostInstances = 3 }, most: 3),
            Watched(new(ScratchParent.Type("a"), ScratchParent.Type("b")) { Name = "single", Single = true, Most = 4 }, most: 4),
            Watched(
                new(ScratchParent.Type("a", 1, new("m", 1), new MdevCost("e", 2)), ScratchParent.Type("b", 1, new MdevCost("m", 3)))
                {
                    Name = "shared", Shares = [new("m", 6), new("e", 4)],
                },
                most: 6),
        ];
        foreach (ScratchParent parent in parents)
            bus.Register(parent);
        Guid[] uuids = [.. Enumerable.Range(1, 12).Select(i => new Guid(i, 0, 0, new byte[8]))];

        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
        {
            var random = new Random(seed * 1000 + thread);
            for (int i = 0; i < Operations; i++)
                Try(() => Operate(bus, parents[random.Next(parents.Length)], uuids[random.Next(uuids.Length)], random));
        });

        foreach (MdevInstance left in bus.Instances)
            bus.Remove(left.Uuid);
        Assert.Empty(_alive);
        Assert.Equal(0, _reserved);
        Assert.All(_all, device => Assert.Equal(1, device.Disposals));
        Assert.DoesNotContain(uuids, bus.IsTaken);
        foreach (ScratchParent parent in parents)
        {
            if (bus.FindParent(parent.Name) is null)
                bus.Register(parent);
        }
        Assert.Equal([5, 2, 3, 3, 4, 4, 2, 2], parents.SelectMany(p => p.Types).Select(t => t.AvailableInstances));
    }

    private static void Operate(MdevBus bus, ScratchParent parent, Guid uuid, Random random)
    {
        switch (random.Next(100))
        {
            case < 45:
                bus.Create(parent.Types[random.Next(2)], uuid, random.Next(4) == 0 ? [new("left", "x")] : [new("left", "1")]);
                break;
            case < 65:
                bus.Remove(uuid);
                break;
            case < 80:
                bus.RemoveAsync(uuid, (RemoveMode)random.Next(2), TimeSpan.FromMilliseconds(random.Next(3))).GetAwaiter().GetResult();
                break;
            case < 97:
                bus.Find(uuid)?.Attributes.Set([new("left", "2"), new("right", random.Next(2) == 0 ? "3" : "x")]);
                break;
            case 97:
                bus.UnregisterAsync(parent, (RemoveMode)random.Next(3), TimeSpan.FromMilliseconds(20)).GetAwaiter().GetResult();
                break;
            default:
                bus.Register(parent);
                break;
        }
    }

    private static void Try(Action operation)
    {
        try
        {
            operation();
        }
        catch (MdevException e)
        {
            Assert.Contains(e.Error, new[] { Errno.EEXIST, Errno.ENOSPC, Errno.EUSERS, Errno.ENODEV, Errno.EAGAIN, Errno.EINVAL, Errno.EBUSY });
        }
    }

    private ScratchParent Watched(ScratchParent parent, int most)
    {
        int here = 0;
        parent.OnReserve = _ =>
        {
            Interlocked.Increment(ref _reserved);
            return new Share(() => Interlocked.Decrement(ref _reserved));
        };
        parent.OnCreate = device =>
        {
            Assert.InRange(Interlocked.Increment(ref here), 1, most);
            _all.Add(device);
            _alive[device] = 0;
            device.OnDispose = () =>
            {
                Interlocked.Decrement(ref here);
                _alive.TryRemove(device, out byte _);
            };
        };
        return parent;
    }

    private sealed class Share(Action giveBack) : IDisposable
    {
        public void Dispose() => giveBack();
    }

    // Every third one that is waited for stays until it is turned away.
    private sealed class FickleUser : IInstanceService
    {
        private int _waits;

        public void Start(MdevInstance instance)
        {
        }

        public bool IsInUse(MdevInstance instance) => true;

        public string? UserOf(MdevInstance instance) => null;

        public void Request(MdevInstance instance, int count)
        {
        }

        public Task WhenUnused(MdevInstance instance, CancellationToken cancel) => (Interlocked.Increment(ref _waits) % 3) switch
        {
            0 => Task.Delay(Timeout.InfiniteTimeSpan, cancel),
            1 => Task.Delay(1, cancel),
            _ => Task.CompletedTask,
        };

        public void Stop(MdevInstance instance)
        {
        }
    }
}
