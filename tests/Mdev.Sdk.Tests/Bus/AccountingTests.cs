namespace Mdev.Sdk.Tests.Bus;

/// <summary>What a parent has left. Source: mdev-kernel, available_instances; the drivers' own budgets.</summary>
public sealed class AccountingTests
{
    private readonly MdevBus _bus = new();

    [Fact]
    public void A_fixed_maximum_is_shared_by_all_types_and_its_end_is_EUSERS()
    {
        ScratchParent parent = Offer(new(ScratchParent.Type("a"), ScratchParent.Type("b")) { MostInstances = 2 });
        Create(parent, 0);
        Create(parent, 1);
        Assert.Equal([0L, 0L], parent.Types.Select(t => t.AvailableInstances));
        MdevException e = Assert.Throws<MdevException>(() => Create(parent, 0));
        Assert.Equal(Errno.EUSERS, e.Error);
        Assert.Contains("2 instances", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_budgets_hold_at_once_and_the_scarcest_decides()
    {
        ScratchParent parent = Offer(new(
            ScratchParent.Type("small", 1, new("memory", 4), new MdevCost("engines", 1)),
            ScratchParent.Type("large", 1, new("memory", 16), new MdevCost("engines", 1)))
        {
            Shares = [new("memory", 32), new("engines", 3)],
        });
        Assert.Equal([3L, 2L], parent.Types.Select(t => t.AvailableInstances));
        Create(parent, 1);
        Assert.Equal([2L, 1L], parent.Types.Select(t => t.AvailableInstances));
        Create(parent, 0);
        Assert.Equal([1L, 0L], parent.Types.Select(t => t.AvailableInstances));

        MdevException e = Assert.Throws<MdevException>(() => Create(parent, 1));
        Assert.Equal(Errno.ENOSPC, e.Error);
        Assert.Contains("12 of 32 memory left", e.Message, StringComparison.Ordinal);
        Assert.Equal([1L, 0L], parent.Types.Select(t => t.AvailableInstances));
    }

    [Fact]
    public void A_type_that_takes_none_of_a_budget_is_not_limited_by_it()
    {
        ScratchParent parent = Offer(new(ScratchParent.Type("a", 1, new MdevCost("memory", 0))) { Shares = [new("memory", 0)], MostInstances = 1 });
        Create(parent, 0);
        Assert.Equal(0, parent.Types[0].AvailableInstances);
    }

    [Fact]
    public void Types_can_exclude_each_other()
    {
        ScratchParent parent = Offer(new(ScratchParent.Type("a"), ScratchParent.Type("b")) { Single = true, Most = 3 });
        MdevInstance first = Create(parent, 0), second = Create(parent, 0);
        Assert.Equal([1L, 0L], parent.Types.Select(t => t.AvailableInstances));
        MdevException e = Assert.Throws<MdevException>(() => Create(parent, 1));
        Assert.Equal(Errno.ENOSPC, e.Error);
        Assert.Contains("2 of scratch-a", e.Message, StringComparison.Ordinal);

        _bus.Remove(first.Uuid);
        Assert.Equal(0, parent.Types[1].AvailableInstances);
        _bus.Remove(second.Uuid);
        Assert.Equal(3, parent.Types[1].AvailableInstances);
        Create(parent, 1);
    }

    [Fact]
    public void A_vendor_can_count_and_reserve_himself()
    {
        var reserved = new List<Guid>();
        ScratchParent parent = Offer(new(ScratchParent.Type("a")));
        parent.OnCount = () => 7 - reserved.Count;
        parent.OnReserve = uuid =>
        {
            reserved.Add(uuid);
            return new Returned(() => reserved.Remove(uuid));
        };
        MdevInstance made = Create(parent, 0);
        Assert.Equal(made.Uuid, Assert.Single(reserved));
        Assert.Equal(6, parent.Types[0].AvailableInstances);
        _bus.Remove(made.Uuid);
        Assert.Empty(reserved);

        parent.OnReserve = _ => throw new MdevException(Errno.ENOMEM, "no");
        Assert.Equal(Errno.ENOMEM, Assert.Throws<MdevException>(() => Create(parent, 0)).Error);
    }

    [Fact]
    public void What_was_reserved_is_given_back_if_the_device_cannot_be_made()
    {
        int given = 0;
        ScratchParent parent = Offer(new(ScratchParent.Type("a")) { MostInstances = 1 });
        parent.OnReserve = _ => new Returned(() => given++);
        parent.OnCreate = _ => throw new MdevException(Errno.EIO, "no");
        Assert.Throws<MdevException>(() => Create(parent, 0));
        Assert.Equal(1, given);
        Assert.Equal(1, parent.Types[0].AvailableInstances);
    }

    [Fact]
    public void Who_is_refused_learns_what_is_left_and_who_has_the_rest()
    {
        ScratchParent parent = Offer(new(ScratchParent.Type("a", 2), ScratchParent.Type("b", 1, new MdevCost("memory", 5)))
        {
            Most = 5, Shares = [new("memory", 5)],
        });
        MdevInstance wide = Create(parent, 0), large = Create(parent, 1);
        MdevException capacity = Assert.Throws<MdevException>(() =>
        {
            Create(parent, 0);
            Create(parent, 0);
        });
        Assert.StartsWith("scratch has 0 of 5 left, and scratch-a takes 2 of 5; ", capacity.Message, StringComparison.Ordinal);
        Assert.Contains(wide.Uuid.ToString(), capacity.Message, StringComparison.Ordinal);

        _bus.Remove(wide.Uuid);
        MdevException memory = Assert.Throws<MdevException>(() => Create(parent, 1));
        Assert.Equal(
            $"scratch has 0 of 5 memory left, and scratch-b takes 5; {large.Uuid} (scratch-b) has the rest: remove one.", memory.Message);
    }

    [Fact]
    public void What_a_parent_declares_is_read_when_it_is_registered()
    {
        var parent = new ShiftyParent();
        _bus.Register(parent);
        Guid first = Guid.NewGuid(), second = Guid.NewGuid();
        _bus.Create(parent.Types[0], first);
        parent.Now = 1;
        _bus.Create(parent.Types[0], second);
        Assert.Equal(1, parent.Types[0].AvailableInstances);
        _bus.Remove(first);
        _bus.Remove(second);
        Assert.Equal(3, parent.Types[0].AvailableInstances);
    }

    [Fact]
    public void What_is_shown_as_available_is_a_number_that_tools_can_read()
    {
        ScratchParent parent = Offer(new(ScratchParent.Type("a")));
        Assert.Equal(int.MaxValue, parent.Types[0].AvailableInstances);
        parent.OnCount = () => -4;
        Assert.Equal(0, parent.Types[0].AvailableInstances);
        parent.OnCount = () => throw new InvalidOperationException("no");
        Assert.Equal(0, parent.Types[0].AvailableInstances);
    }

    [Fact]
    public void A_parent_that_is_not_registered_has_room_but_takes_nobody()
    {
        var parent = new ScratchParent(ScratchParent.Type("a")) { MostInstances = 3 };
        Assert.Equal(3, parent.Types[0].AvailableInstances);
        Assert.Equal(Errno.ENODEV, Assert.Throws<MdevException>(() => Create(parent, 0)).Error);
    }

    private ScratchParent Offer(ScratchParent parent)
    {
        _bus.Register(parent);
        return parent;
    }

    private MdevInstance Create(ScratchParent parent, int type) => _bus.Create(parent.Types[type], Guid.NewGuid());

    private sealed class ShiftyParent : MdevParent<ScratchInstance, string>
    {
        public int Now { get; set; } = 3;

        public override string Driver => "shifty";

        public override long Capacity => Now;

        public override int MaxInstances => Now;

        protected override IReadOnlyList<MdevType> CreateTypes() => [ScratchParent.Type("a")];

        protected override ScratchInstance CreateDevice(string config) => new();
    }

    private sealed class Returned(Action giveBack) : IDisposable
    {
        public void Dispose() => giveBack();
    }
}
