namespace Mdev.Sdk.Tests.Bus;

/// <summary>What a bus tells. Source: mdev-kernel 1.8; complete instances only, which is better than there.</summary>
public sealed class EventTests
{
    private readonly MdevBus _bus = new();
    private readonly ScratchParent _parent = new(ScratchParent.Type("a"));
    private readonly List<MdevBusEvent> _events = [];

    [Fact]
    public void An_instance_is_told_of_when_it_is_complete_and_when_it_has_gone()
    {
        _bus.Changed += e => _events.Add(e);
        _bus.Changed += e =>
        {
            if (e.Kind == MdevBusEventKind.InstanceAdded)
                Assert.Equal("3", _bus.Find(e.Instance!.Uuid)!.Attributes.Show("left"));
            if (e.Kind == MdevBusEventKind.InstanceRemoved)
                Assert.False(_bus.IsTaken(e.Instance!.Uuid));
        };
        _bus.Register(_parent);
        MdevInstance made = _bus.Create(_parent.Types[0], Guid.NewGuid(), [new("left", "3")]);
        made.Attributes.Store("left", "4");
        _bus.Remove(made.Uuid);
        Assert.Equal(
            [
                MdevBusEventKind.ParentRegistered, MdevBusEventKind.InstanceAdded, MdevBusEventKind.AttributesChanged,
                MdevBusEventKind.InstanceRemoving, MdevBusEventKind.InstanceRemoved,
            ],
            _events.Select(e => e.Kind));
        Assert.All(_events.Skip(1), e => Assert.Same(made, e.Instance));
    }

    [Fact]
    public void Attributes_of_a_parent_are_told_of_without_an_instance()
    {
        var parent = new ParentWithAttribute();
        _bus.Register(parent);
        _bus.Changed += e => _events.Add(e);
        parent.Attributes.Store("mode", "fast");
        MdevBusEvent told = Assert.Single(_events);
        Assert.Equal((MdevBusEventKind.AttributesChanged, parent, null), (told.Kind, told.Parent, told.Instance));
        Assert.Equal("fast", parent.Attributes.Show("mode"));
    }

    [Fact]
    public void A_creation_that_fails_is_not_told_of()
    {
        _bus.Register(_parent);
        _bus.Changed += e => _events.Add(e);
        Assert.Throws<MdevException>(() => _bus.Create(_parent.Types[0], Guid.NewGuid(), [new("left", "x")]));
        Assert.Empty(_events);
    }

    [Fact]
    public void A_listener_that_throws_disturbs_nobody()
    {
        var log = new ListLogger();
        var bus = new MdevBus([], logger: log);
        bus.Changed += _ => throw new InvalidOperationException("no");
        bus.Changed += e => _events.Add(e);
        bus.Register(_parent);
        Assert.Single(_events);
        Assert.Single(log.Lines);
    }

    [Fact]
    public void A_listener_may_use_the_bus()
    {
        _bus.Register(_parent);
        _bus.Changed += e =>
        {
            _events.Add(e);
            if (e.Kind == MdevBusEventKind.InstanceAdded)
                _bus.Remove(e.Instance!.Uuid);
        };
        _bus.Create(_parent.Types[0], Guid.NewGuid());
        Assert.Equal(
            [MdevBusEventKind.InstanceAdded, MdevBusEventKind.InstanceRemoving, MdevBusEventKind.InstanceRemoved],
            _events.Select(e => e.Kind));
    }

    [Fact]
    public void Events_of_many_threads_come_one_after_the_other_in_the_order_of_each_instances_life()
    {
        int inside = 0;
        var lives = new Dictionary<Guid, List<MdevBusEventKind>>();
        _bus.Changed += e =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            if (e.Instance is { } instance)
            {
                if (!lives.TryGetValue(instance.Uuid, out List<MdevBusEventKind>? life))
                    lives[instance.Uuid] = life = [];
                life.Add(e.Kind);
            }
            Interlocked.Decrement(ref inside);
        };
        _bus.Register(_parent);
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => _bus.Remove(_bus.Create(_parent.Types[0], Guid.NewGuid()).Uuid));
        Assert.Equal(2000, lives.Count);
        Assert.All(lives.Values, life => Assert.Equal(
            [MdevBusEventKind.InstanceAdded, MdevBusEventKind.InstanceRemoving, MdevBusEventKind.InstanceRemoved], life));
    }

    private sealed class ParentWithAttribute : MdevParent<ScratchInstance, string>, IMdevAttributes
    {
        private string _mode = "";

        public override string Driver => "attributed";

        public override long Capacity => 1;

        public IReadOnlyList<MdevAttributeInfo> MdevAttributes { get; } = [new("mode", true, true)];

        public string ShowAttribute(int index) => _mode;

        public void StoreAttribute(int index, string value) => _mode = value;

        protected override IReadOnlyList<MdevType> CreateTypes() => [ScratchParent.Type("a")];

        protected override ScratchInstance CreateDevice(string config) => new();
    }
}
