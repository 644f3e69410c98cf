namespace Mdev.Sdk.Tests.Bus;

public sealed class MdevBusTests
{
    private readonly MdevBus _bus = new();
    private readonly PortParent _parent = new();

    public MdevBusTests() => _bus.Register(_parent);

    private MdevType One => _bus.FindType("ports-1");

    private MdevType Two => _bus.FindType("ports-2");

    [Fact]
    public void A_parent_offers_its_types_under_its_own_name()
    {
        Assert.Equal(["ports-1", "ports-2"], _parent.Types.Select(t => t.Id));
        Assert.Equal([4L, 2L], _parent.Types.Select(t => t.AvailableInstances));
    }

    [Fact]
    public void An_unknown_type_is_refused_with_the_types_there_are()
    {
        MdevException e = Assert.Throws<MdevException>(() => _bus.FindType("ports-9"));
        Assert.Equal(Errno.ENOENT, e.Error);
        Assert.Contains("ports-1, ports-2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_parent_of_the_same_name_is_refused() =>
        Assert.Equal(Errno.EEXIST, Assert.Throws<MdevException>(() => _bus.Register(new PortParent())).Error);

    [Fact]
    public void Types_share_the_capacity_by_their_cost()
    {
        _bus.Create(One, Guid.NewGuid());
        Assert.Equal(3, One.AvailableInstances);
        Assert.Equal(1, Two.AvailableInstances);
    }

    [Fact]
    public void A_uuid_is_unique_over_all_types()
    {
        var uuid = Guid.NewGuid();
        _bus.Create(One, uuid);
        Assert.Equal(Errno.EEXIST, Assert.Throws<MdevException>(() => _bus.Create(Two, uuid)).Error);
        Assert.Equal(3, One.AvailableInstances);
    }

    [Fact]
    public void The_nil_uuid_is_one_like_any_other() => Assert.Equal(Guid.Empty, _bus.Create(One, Guid.Empty).Uuid);

    [Fact]
    public void A_type_that_does_not_fit_any_more_is_refused_with_a_sentence()
    {
        _bus.Create(Two, Guid.NewGuid());
        _bus.Create(One, Guid.NewGuid());
        MdevException e = Assert.Throws<MdevException>(() => _bus.Create(Two, Guid.NewGuid()));
        Assert.Equal(Errno.ENOSPC, e.Error);
        Assert.Contains("takes 2 of 4", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Removing_disposes_the_device_and_frees_uuid_and_capacity()
    {
        var uuid = Guid.NewGuid();
        var device = (PortDevice)_bus.Create(Two, uuid).Device;
        _bus.Remove(uuid);
        Assert.True(device.IsDisposed);
        Assert.Empty(_bus.Instances);
        Assert.Equal(4, One.AvailableInstances);
        _bus.Create(Two, uuid);
    }

    [Fact]
    public void Removing_what_is_not_there_is_refused() =>
        Assert.Equal(Errno.ENODEV, Assert.Throws<MdevException>(() => _bus.Remove(Guid.NewGuid())).Error);

    [Fact]
    public void A_device_that_cannot_be_made_leaves_nothing_behind()
    {
        var uuid = Guid.NewGuid();
        _parent.OnCreate = () => throw new MdevException(Errno.ENOMEM, "no");
        Assert.Equal(Errno.ENOMEM, Assert.Throws<MdevException>(() => _bus.Create(Two, uuid)).Error);
        _parent.OnCreate = null;
        Assert.Equal(4, One.AvailableInstances);
        _bus.Create(Two, uuid);
    }

    [Fact]
    public void A_device_that_is_being_made_is_not_seen_and_cannot_be_removed()
    {
        var uuid = Guid.NewGuid();
        _parent.OnCreate = () =>
        {
            Assert.Empty(_bus.Instances);
            Assert.Equal(Errno.EAGAIN, Assert.Throws<MdevException>(() => _bus.Remove(uuid)).Error);
        };
        Assert.Same(_bus.Create(One, uuid), Assert.Single(_bus.Instances));
    }

    [Fact]
    public void A_device_that_throws_at_its_end_is_gone_all_the_same()
    {
        var uuid = Guid.NewGuid();
        ((PortDevice)_bus.Create(One, uuid).Device).OnDispose = () => throw new InvalidOperationException("no");
        _bus.Remove(uuid);
        Assert.Empty(_bus.Instances);
        Assert.Equal(4, One.AvailableInstances);
    }

    [Fact]
    public void Sixteen_threads_that_create_and_remove_never_exceed_the_capacity()
    {
        int alive = 0, most = 0;
        _parent.OnCreate = () =>
        {
            int now = Interlocked.Increment(ref alive);
            InterlockedMax(ref most, now);
        };
        Guid[] shared = [.. Enumerable.Range(0, 6).Select(_ => Guid.NewGuid())];

        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 16 }, thread =>
        {
            var random = new Random(thread);
            for (int i = 0; i < 2000; i++)
            {
                Guid uuid = shared[random.Next(shared.Length)];
                try
                {
                    var device = (PortDevice)_bus.Create(One, uuid).Device;
                    device.OnDispose = () => Interlocked.Decrement(ref alive);
                    _bus.Remove(uuid);
                }
                catch (MdevException e) when (e.Error is Errno.EEXIST or Errno.ENOSPC)
                {
                }
            }
        });

        Assert.InRange(most, 1, 4);
        Assert.Empty(_bus.Instances);
        Assert.Equal(4, One.AvailableInstances);
    }

    [Theory]
    [InlineData("83b8f4f2-509f-382f-3c1e-000000000001", true)]
    [InlineData("83B8F4F2-509F-382F-3C1E-000000000001", true)]
    [InlineData("83b8f4f2-509f-382f-3c1e-000000000001x", true)]
    [InlineData("83b8f4f2-509f-382f-3c1e-000000000001\n", true)]
    [InlineData("83b8f4f2-509f-382f-3c1e-00000000000", false)]
    [InlineData("83b8f4f2-509f-382f-3c1e-000000000001xx", false)]
    [InlineData("83b8f4f2509f382f3c1e000000000003", false)]
    [InlineData("{83b8f4f2-509f-382f-3c1e-000000000003}", false)]
    [InlineData("_3b8f4f2-509f-382f-3c1e-000000000003", false)]
    [InlineData(" 3b8f4f2-509f-382f-3c1e-000000000003", false)]
    [InlineData("", false)]
    public void Uuids_are_read_as_the_kernel_reads_them(string text, bool valid) =>
        Assert.Equal(valid, UuidText.TryParse(text, out _));

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen)
        {
            int before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }

    private sealed class PortParent : MdevParent<PortDevice, int>
    {
        public Action? OnCreate { get; set; }

        public override string Driver => "ports";

        public override long Capacity => 4;

        protected override IReadOnlyList<MdevType> CreateTypes() =>
            [new MdevType<int>("1", "One port", 1, 1), new MdevType<int>("2", "Two ports", 2, 2)];

        protected override PortDevice CreateDevice(int config)
        {
            OnCreate?.Invoke();
            return new PortDevice();
        }
    }

    private sealed class PortDevice : IDisposable
    {
        public Action? OnDispose { get; set; }

        public bool IsDisposed { get; private set; }

        public void Dispose()
        {
            IsDisposed = true;
            OnDispose?.Invoke();
        }
    }
}
