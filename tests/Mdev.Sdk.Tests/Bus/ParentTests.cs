namespace Mdev.Sdk.Tests.Bus;

/// <summary>Parents come and go with devices in use. Source: mdev-kernel 1.2.</summary>
public sealed class ParentTests
{
    private readonly ScratchUser _user = new();
    private readonly MdevBus _bus;
    private readonly List<string> _events = [];

    public ParentTests()
    {
        _bus = new MdevBus([_user]);
        _bus.Changed += e => _events.Add(e.Kind.ToString());
    }

    [Fact]
    public void A_parent_has_a_name_of_its_own_and_its_types_the_drivers()
    {
        ScratchParent first = new(ScratchParent.Type("a")) { Name = "card0" }, second = new(ScratchParent.Type("a")) { Name = "0000:00:02.0" };
        _bus.Register(first);
        _bus.Register(second);
        Assert.Same(first.Types[0], _bus.FindType("card0", "scratch-a"));
        Assert.Same(second.Types[0], _bus.FindType("0000:00:02.0", "scratch-a"));
        Assert.Same(second, _bus.FindParent("0000:00:02.0"));
        Assert.Equal(Errno.ENODEV, Assert.Throws<MdevException>(() => _bus.FindType("card9", "scratch-a")).Error);
        Assert.Equal(Errno.ENOENT, Assert.Throws<MdevException>(() => _bus.FindType("card0", "scratch-b")).Error);
        Assert.Throws<InvalidOperationException>(() => first.Name = "other");
    }

    [Fact]
    public void The_same_parent_twice_or_on_two_buses_is_refused()
    {
        var parent = new ScratchParent(ScratchParent.Type("a"));
        _bus.Register(parent);
        Assert.Equal(Errno.EEXIST, Assert.Throws<MdevException>(() => _bus.Register(parent)).Error);
        Assert.Equal(Errno.EEXIST, Assert.Throws<MdevException>(() => new MdevBus().Register(parent)).Error);
    }

    [Fact]
    public async Task A_parent_takes_its_instances_with_it_and_can_come_again()
    {
        ScratchParent parent = Offer();
        MdevInstance made = _bus.Create(parent.Types[0], Guid.NewGuid());
        await _bus.UnregisterAsync(parent);
        Assert.Equal(1, ((ScratchInstance)made.Device).Disposals);
        Assert.Empty(_bus.Parents);
        Assert.Equal(
            ["ParentRegistered", "InstanceAdded", "ParentUnregistering", "InstanceRemoving", "InstanceRemoved", "ParentUnregistered"],
            _events);

        _bus.Register(parent);
        _bus.Create(parent.Types[0], made.Uuid);
    }

    [Fact]
    public async Task While_a_parent_goes_nobody_else_makes_or_removes_and_nobody_waits()
    {
        ScratchParent parent = Offer();
        MdevInstance made = _bus.Create(parent.Types[0], Guid.NewGuid()), other = _bus.Create(parent.Types[0], Guid.NewGuid());
        _user.User = "somebody";
        Task going = _bus.UnregisterAsync(parent, RemoveMode.Wait);
        Assert.Equal(Errno.ENODEV, Assert.Throws<MdevException>(() => _bus.Create(parent.Types[0], Guid.NewGuid())).Error);
        Assert.Equal(Errno.ENODEV, Assert.Throws<MdevException>(() => _bus.Remove(other.Uuid)).Error);
        Assert.Equal(Errno.ENODEV, (await Assert.ThrowsAsync<MdevException>(() => _bus.UnregisterAsync(parent))).Error);
        _user.LetGo();
        await going;
        Assert.False(_bus.IsTaken(made.Uuid));
    }

    [Fact]
    public async Task A_parent_whose_user_does_not_let_go_in_time_stays_and_works()
    {
        ScratchParent parent = Offer();
        MdevInstance made = _bus.Create(parent.Types[0], Guid.NewGuid());
        _user.User = "QEMU, process 1";
        MdevException e = await Assert.ThrowsAsync<MdevException>(
            () => _bus.UnregisterAsync(parent, RemoveMode.Request, TimeSpan.FromMilliseconds(20)));
        Assert.Equal(Errno.EBUSY, e.Error);
        Assert.Contains(made.Uuid.ToString(), e.Message, StringComparison.Ordinal);
        Assert.Contains("QEMU, process 1", e.Message, StringComparison.Ordinal);

        Assert.Same(made, Assert.Single(_bus.Instances));
        _bus.Create(parent.Types[0], Guid.NewGuid());
        await _bus.UnregisterAsync(parent, RemoveMode.Force);
        Assert.Empty(_bus.Instances);
    }

    [Fact]
    public async Task A_parent_that_stays_says_so_and_later_removals_wait_as_ever()
    {
        ScratchParent parent = Offer();
        MdevInstance made = _bus.Create(parent.Types[0], Guid.NewGuid());
        using var inside = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        parent.OnCreate = _ =>
        {
            inside.Set();
            goOn.Wait();
        };
        var making = Guid.NewGuid();
        Task<MdevInstance> creation = Task.Run(() => _bus.Create(parent.Types[0], making));
        inside.Wait();
        MdevException e = await Assert.ThrowsAsync<MdevException>(
            () => _bus.UnregisterAsync(parent, RemoveMode.Force, TimeSpan.FromMilliseconds(20)));
        Assert.Equal(Errno.EBUSY, e.Error);
        Assert.Contains(making.ToString(), e.Message, StringComparison.Ordinal);
        goOn.Set();
        await creation;
        Assert.Equal(["ParentUnregistering", "ParentKept", "InstanceAdded"], _events.TakeLast(3));

        _user.User = "somebody";
        Task removing = _bus.RemoveAsync(made.Uuid, RemoveMode.Wait);
        await Task.Delay(50);
        Assert.False(removing.IsCompleted);
        _user.LetGo();
        await removing;
    }

    [Fact]
    public async Task The_oldest_instance_goes_first()
    {
        ScratchParent parent = Offer();
        Guid[] uuids = [.. Enumerable.Range(0, 20).Select(_ => Guid.NewGuid())];
        foreach (Guid uuid in uuids)
            _bus.Create(parent.Types[0], uuid);

        // Their places in a table are taken by others.
        Guid[] later = [Guid.NewGuid(), Guid.NewGuid()];
        _bus.Remove(uuids[3]);
        _bus.Remove(uuids[7]);
        foreach (Guid uuid in later)
            _bus.Create(parent.Types[0], uuid);
        Guid[] expected = [.. uuids.Where((_, i) => i is not (3 or 7)), .. later];
        Assert.Equal(expected, _bus.Instances.Select(i => i.Uuid));

        var gone = new List<Guid>();
        _bus.Changed += e =>
        {
            if (e.Kind == MdevBusEventKind.InstanceRemoved)
                gone.Add(e.Instance!.Uuid);
        };
        await _bus.UnregisterAsync(parent);
        Assert.Equal(expected, gone);
    }

    [Fact]
    public async Task The_users_of_all_instances_are_asked_at_once()
    {
        ScratchParent parent = Offer();
        _bus.Create(parent.Types[0], Guid.NewGuid());
        _bus.Create(parent.Types[0], Guid.NewGuid());
        _user.User = "somebody";
        _user.Calls.Clear();
        Task going = _bus.UnregisterAsync(parent);
        Assert.Equal(["request 0", "request 0"], _user.Calls);
        _user.LetGo();
        await going;
        Assert.Empty(_bus.Parents);
    }

    [Fact]
    public async Task A_removal_that_waits_already_is_waited_for_and_named()
    {
        ScratchParent parent = Offer();
        MdevInstance made = _bus.Create(parent.Types[0], Guid.NewGuid());
        _user.User = "QEMU, process 1";
        Task removing = _bus.RemoveAsync(made.Uuid, RemoveMode.Wait);
        MdevException e = await Assert.ThrowsAsync<MdevException>(
            () => _bus.UnregisterAsync(parent, RemoveMode.Wait, TimeSpan.FromMilliseconds(20)));
        Assert.Equal(Errno.EBUSY, e.Error);
        Assert.Contains($"{made.Uuid} is in use by QEMU, process 1", e.Message, StringComparison.Ordinal);
        Assert.False(removing.IsCompleted);

        Task going = _bus.UnregisterAsync(parent, RemoveMode.Wait);
        _user.LetGo();
        await going;
        await removing;
        Assert.Equal(1, ((ScratchInstance)made.Device).Disposals);
    }

    [Fact]
    public async Task A_removal_that_gives_up_leaves_the_instance_to_its_parent()
    {
        ScratchParent parent = Offer();
        MdevInstance made = _bus.Create(parent.Types[0], Guid.NewGuid());
        _user.User = "somebody";
        using var giveUp = new CancellationTokenSource();
        Task removing = _bus.RemoveAsync(made.Uuid, RemoveMode.Wait, cancel: giveUp.Token);
        Task going = _bus.UnregisterAsync(parent, RemoveMode.Wait);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => removing);
        Assert.False(going.IsCompleted);
        _user.LetGo();
        await going;
        Assert.Equal(1, ((ScratchInstance)made.Device).Disposals);
    }

    [Fact]
    public void Types_of_another_parent_are_refused()
    {
        MdevType<string> type = ScratchParent.Type("a");
        _bus.Register(new ScratchParent(type));
        MdevException e = Assert.Throws<MdevException>(() => _bus.Register(new ScratchParent(type) { Name = "other" }));
        Assert.Equal(Errno.EINVAL, e.Error);
    }

    [Fact]
    public async Task A_parent_waits_for_creations_that_have_begun()
    {
        ScratchParent parent = Offer();
        using var inside = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        parent.OnCreate = _ =>
        {
            inside.Set();
            goOn.Wait();
        };
        Task<MdevInstance> making = Task.Run(() => _bus.Create(parent.Types[0], Guid.NewGuid()));
        inside.Wait();
        Task going = _bus.UnregisterAsync(parent);
        Assert.False(going.IsCompleted);
        goOn.Set();
        MdevInstance made = await making;
        await going;
        Assert.Equal(1, ((ScratchInstance)made.Device).Disposals);
    }

    [Fact]
    public async Task Force_ends_a_removal_that_waits_for_its_user()
    {
        ScratchParent parent = Offer();
        MdevInstance made = _bus.Create(parent.Types[0], Guid.NewGuid());
        _user.User = "somebody";
        Task removing = _bus.RemoveAsync(made.Uuid, RemoveMode.Wait);
        await _bus.UnregisterAsync(parent, RemoveMode.Force);
        await removing;
        Assert.Equal(1, ((ScratchInstance)made.Device).Disposals);
    }

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void A_parent_that_makes_no_sense_is_refused_with_a_sentence(string named, object parent)
    {
        MdevException e = Assert.Throws<MdevException>(() => _bus.Register((ScratchParent)parent));
        Assert.Equal(Errno.EINVAL, e.Error);
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
        Assert.Empty(_bus.Parents);
    }

    public static TheoryData<string, object> Nonsense() => new()
    {
        { "no name of a parent", new ScratchParent(ScratchParent.Type("a")) { Name = "a/b" } },
        { "no name of a parent", new ScratchParent(ScratchParent.Type("a")) { Name = ".." } },
        { "no name of a parent", new ScratchParent(ScratchParent.Type("a")) { Name = new string('a', 65) } },
        { "no name of a type", new ScratchParent(ScratchParent.Type("a b")) },
        { "offers no type", new ScratchParent() },
        { "two types named a", new ScratchParent(ScratchParent.Type("a"), ScratchParent.Type("a")) },
        { "takes 5, and scratch has 4", new ScratchParent(ScratchParent.Type("a", 5)) { Most = 4 } },
        { "two budgets named m", new ScratchParent(ScratchParent.Type("a")) { Shares = [new("m", 1), new("m", 2)] } },
        { "no name of a budget", new ScratchParent(ScratchParent.Type("a")) { Shares = [new("m m", 1)] } },
        { "no name of a type", new ScratchParent(ScratchParent.Type("..")) },
        { "takes m twice", new ScratchParent(ScratchParent.Type("a", 1, new("m", 1), new MdevCost("m", 1))) { Shares = [new("m", 1)] } },
        { "a capacity of 0", new ScratchParent(ScratchParent.Type("a")) { Most = 0 } },
        { "no budget", new ScratchParent(ScratchParent.Type("a", 1, new MdevCost("m", 1))) },
        { "takes 2 m, and scratch has 1", new ScratchParent(ScratchParent.Type("a", 1, new MdevCost("m", 2))) { Shares = [new("m", 1)] } },
    };

    private ScratchParent Offer()
    {
        var parent = new ScratchParent(ScratchParent.Type("a"));
        _bus.Register(parent);
        return parent;
    }
}
