using Mdev.Sdk.Tests.Device;

namespace Mdev.Sdk.Tests.Bus;

/// <summary>Removal of what is in use. Source: mdev-kernel 1.4 and 1.6; what is better than there.</summary>
public sealed class RemovalTests
{
    private static readonly MdevBus s_bus = Offering();

    private readonly ManualClock _clock = new();
    private readonly ScratchUser _user = new();
    private readonly MdevBus _bus;
    private readonly ScratchParent _parent = new(ScratchParent.Type("a")) { MostInstances = 1 };
    private readonly MdevInstance _made;

    public RemovalTests()
    {
        _bus = new MdevBus([_user], _clock);
        _bus.Register(_parent);
        _made = _bus.Create(_parent.Types[0], Guid.NewGuid());
        _user.Calls.Clear();
        _user.User = "QEMU, process 1";
    }

    private ScratchInstance Device => (ScratchInstance)_made.Device;

    [Fact]
    public async Task Who_waits_waits_until_the_user_lets_go_and_asks_nobody()
    {
        Task removing = _bus.RemoveAsync(_made.Uuid, RemoveMode.Wait);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(removing.IsCompleted);
        Assert.Empty(_bus.Instances);
        Assert.True(_bus.IsTaken(_made.Uuid));

        _user.LetGo();
        await removing;
        Assert.Equal(["stop"], _user.Calls);
        Assert.Equal(1, Device.Disposals);
        Assert.False(_bus.IsTaken(_made.Uuid));
    }

    [Fact]
    public async Task The_user_is_asked_at_once_and_every_ten_seconds()
    {
        Task removing = _bus.RemoveAsync(_made.Uuid);
        for (int count = 0; count < 3; count++)
        {
            await Eventually(() => _user.Calls.Contains($"request {count}"));
            await Task.Delay(20);
            _clock.Advance(TimeSpan.FromSeconds(10));
        }
        await Eventually(() => _user.Calls.Contains("request 3"));
        _user.LetGo();
        await removing;
        Assert.Equal(["request 0", "request 1", "request 2", "request 3", "stop"], _user.Calls);
    }

    [Fact]
    public async Task A_user_that_lets_go_when_asked_is_asked_once()
    {
        _user.OnRequest = _ => _user.LetGo();
        await _bus.RemoveAsync(_made.Uuid);
        Assert.Equal(["request 0", "stop"], _user.Calls);
    }

    [Fact]
    public async Task After_the_deadline_it_is_busy_names_the_user_and_is_as_before()
    {
        Task removing = _bus.RemoveAsync(_made.Uuid, RemoveMode.Request, TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(5));
        MdevException e = await Assert.ThrowsAsync<MdevException>(() => removing);
        Assert.Equal(Errno.EBUSY, e.Error);
        Assert.Contains("QEMU, process 1", e.Message, StringComparison.Ordinal);
        Assert.Same(_made, Assert.Single(_bus.Instances));
        Assert.Equal("0", _made.Attributes.Show("left"));
        Assert.Equal(0, Device.Disposals);

        _user.LetGo();
        await _bus.RemoveAsync(_made.Uuid);
        Assert.Equal(1, Device.Disposals);
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_instance_as_it_was()
    {
        using var giveUp = new CancellationTokenSource();
        Task removing = _bus.RemoveAsync(_made.Uuid, RemoveMode.Wait, cancel: giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => removing);
        Assert.Same(_made, Assert.Single(_bus.Instances));
    }

    [Fact]
    public async Task Force_turns_the_user_away()
    {
        await _bus.RemoveAsync(_made.Uuid, RemoveMode.Force);
        Assert.Equal(["stop"], _user.Calls);
        Assert.Empty(_bus.Instances);
        Assert.Equal(1, _parent.Types[0].AvailableInstances);
    }

    [Fact]
    public async Task Who_comes_second_succeeds_without_doing_anything()
    {
        Task first = _bus.RemoveAsync(_made.Uuid, RemoveMode.Wait);
        await _bus.RemoveAsync(_made.Uuid, RemoveMode.Wait);
        await _bus.RemoveAsync(_made.Uuid, RemoveMode.Request);
        Assert.Empty(_user.Calls);
        Assert.False(first.IsCompleted);
        Assert.Equal(0, Device.Disposals);
        _user.LetGo();
        await first;
        Assert.Equal(1, Device.Disposals);
    }

    [Fact]
    public async Task By_force_a_removal_that_waits_waits_no_longer_and_both_succeed()
    {
        Task first = _bus.RemoveAsync(_made.Uuid, RemoveMode.Wait);
        _bus.Remove(_made.Uuid);
        Assert.Equal(1, Device.Disposals);
        Assert.False(_bus.IsTaken(_made.Uuid));
        await first;
        Assert.Equal(1, Device.Disposals);
    }

    [Fact]
    public async Task Of_many_removers_one_disposes()
    {
        _user.User = null;
        int unknown = 0;
        await Parallel.ForAsync(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, cancel) =>
        {
            try
            {
                await _bus.RemoveAsync(_made.Uuid, (RemoveMode)(i % 3), cancel: cancel);
            }
            catch (MdevException e) when (e.Error == Errno.ENODEV)
            {
                Interlocked.Increment(ref unknown);
            }
        });
        Assert.Equal(1, Device.Disposals);
        Assert.InRange(unknown, 0, 63);
        Assert.Equal(1, _parent.Types[0].AvailableInstances);
    }

    [Fact]
    public async Task A_removal_that_ends_without_removing_is_told_of()
    {
        var kinds = new List<MdevBusEventKind>();
        _bus.Changed += e => kinds.Add(e.Kind);
        Task removing = _bus.RemoveAsync(_made.Uuid, RemoveMode.Wait, TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<MdevException>(() => removing);
        Assert.Equal([MdevBusEventKind.InstanceRemoving, MdevBusEventKind.InstanceKept], kinds);
    }

    [Fact]
    public async Task Without_any_time_an_instance_that_is_not_in_use_goes_and_one_that_is_stays()
    {
        MdevException e = await Assert.ThrowsAsync<MdevException>(() => _bus.RemoveAsync(_made.Uuid, deadline: TimeSpan.Zero));
        Assert.Equal(Errno.EBUSY, e.Error);
        _user.User = null;
        await _bus.RemoveAsync(_made.Uuid, deadline: TimeSpan.Zero);
        Assert.Equal(1, Device.Disposals);
    }

    [Fact]
    public async Task A_deadline_beyond_any_timer_is_none()
    {
        Task removing = _bus.RemoveAsync(_made.Uuid, RemoveMode.Wait, TimeSpan.MaxValue);
        Assert.False(removing.IsCompleted);
        _user.LetGo();
        await removing;
    }

    [Fact]
    public async Task Users_that_cannot_be_waited_for_leave_the_instance_as_it_was()
    {
        _user.WaitFailure = new InvalidOperationException("no");
        Assert.Equal(Errno.EIO, (await Assert.ThrowsAsync<MdevException>(() => _bus.RemoveAsync(_made.Uuid))).Error);
        Assert.Same(_made, _bus.Find(_made.Uuid));
        _user.WaitFailure = null;
        _user.LetGo();
        await _bus.RemoveAsync(_made.Uuid);
    }

    [Fact]
    public async Task While_it_waits_for_its_user_attributes_can_still_be_set()
    {
        Task removing = _bus.RemoveAsync(_made.Uuid, RemoveMode.Wait);
        _made.Attributes.Store("left", "3");
        Assert.Equal(3, Device.Left);
        _user.LetGo();
        await removing;
    }

    [Fact]
    public async Task While_it_is_being_removed_its_UUID_and_its_share_are_taken()
    {
        Task removing = _bus.RemoveAsync(_made.Uuid, RemoveMode.Wait);
        Assert.Equal(Errno.EEXIST, Assert.Throws<MdevException>(() => _bus.Create(_parent.Types[0], _made.Uuid)).Error);
        Assert.Equal(Errno.EUSERS, Assert.Throws<MdevException>(() => _bus.Create(_parent.Types[0], Guid.NewGuid())).Error);
        _user.LetGo();
        await removing;
        _user.User = null;
        _bus.Create(_parent.Types[0], _made.Uuid);
    }

    [Fact]
    public void What_fails_at_its_end_is_gone_all_the_same_with_everything_else_undone()
    {
        _user.StopFailure = new IOException("no");
        Device.OnDispose = () => throw new InvalidOperationException("no");
        _bus.Remove(_made.Uuid);
        Assert.Equal(1, Device.Disposals);
        Assert.False(_bus.IsTaken(_made.Uuid));
        Assert.Equal(1, _parent.Types[0].AvailableInstances);
    }

    [Fact]
    public void A_service_that_does_not_start_undoes_the_creation_and_is_stopped()
    {
        _bus.Remove(_made.Uuid);
        _user.Calls.Clear();
        _user.StartFailure = new IOException("The path is taken.");
        ScratchInstance? device = null;
        _parent.OnCreate = made => device = made;
        MdevException e = Assert.Throws<MdevException>(() => _bus.Create(_parent.Types[0], Guid.NewGuid()));
        Assert.Equal(Errno.EIO, e.Error);
        Assert.Equal("The path is taken.", e.Message);
        Assert.Same(_user.StartFailure, e.InnerException);
        Assert.Equal(["start", "stop"], _user.Calls);
        Assert.Equal(1, device!.Disposals);
        Assert.Equal(1, _parent.Types[0].AvailableInstances);
    }

    [Fact]
    public void The_next_instance_of_a_UUID_is_a_new_device()
    {
        _made.Attributes.Store("left", "5");
        _bus.Remove(_made.Uuid);
        MdevInstance next = _bus.Create(_parent.Types[0], _made.Uuid);
        Assert.NotSame(_made.Device, next.Device);
        Assert.Equal("0", next.Attributes.Show("left"));
        Assert.Equal(Errno.ENODEV, Assert.Throws<MdevException>(() => _made.Attributes.Show("left")).Error);
    }

    [Fact]
    public void Of_an_instance_that_has_gone_the_bus_keeps_nothing()
    {
        (WeakReference instance, WeakReference device) = MakeAndRemove();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(instance.IsAlive);
        Assert.False(device.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static (WeakReference Instance, WeakReference Device) MakeAndRemove()
    {
        var bus = s_bus;
        MdevInstance made = bus.Create(bus.Parents[0].Types[0], Guid.NewGuid(), [new("left", "1")]);
        bus.Remove(made.Uuid);
        return (new(made), new(made.Device));
    }

    private static MdevBus Offering()
    {
        var bus = new MdevBus();
        bus.Register(new ScratchParent(ScratchParent.Type("a")));
        return bus;
    }

    private static async Task Eventually(Func<bool> holds)
    {
        for (int i = 0; i < 500 && !holds(); i++)
            await Task.Delay(10);
        Assert.True(holds());
    }
}
