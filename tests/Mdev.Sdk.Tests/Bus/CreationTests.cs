namespace Mdev.Sdk.Tests.Bus;

/// <summary>Instances are complete or not there at all. Source: mdev-kernel 1.3.</summary>
public sealed class CreationTests
{
    private readonly List<string> _steps = [];
    private readonly ListLogger _log = new();
    private readonly MdevBus _bus;
    private readonly ScratchParent _parent = new(ScratchParent.Type("a", 2)) { Most = 4, MostInstances = 3 };
    private string _failing = "";

    public CreationTests()
    {
        _bus = new MdevBus([new Service("socket", Step), new Service("tree", Step)], logger: _log);
        _bus.Register(_parent);
        _parent.OnReserve = _ =>
        {
            Step("reserve");
            return new Undone(() => _steps.Add("release"));
        };
        _parent.OnCreate = device =>
        {
            Step("device");
            device.OnStore = _ => Step("attribute");
            device.OnDispose = () => _steps.Add("dispose");
        };
    }

    [Theory]
    [InlineData("reserve", "reserve")]
    [InlineData("device", "reserve device release")]
    [InlineData("attribute", "reserve device attribute dispose release")]
    [InlineData("start socket", "reserve device attribute start-socket stop-socket dispose release")]
    [InlineData("start tree", "reserve device attribute start-socket start-tree stop-tree stop-socket dispose release")]
    public void Whatever_step_fails_all_before_it_is_undone_in_reverse(string failing, string steps)
    {
        _failing = failing;
        var uuid = Guid.NewGuid();
        Assert.Equal(Errno.ENOMEM, Assert.Throws<MdevException>(() => _bus.Create(_parent.Types[0], uuid, [new("left", "1")])).Error);
        Assert.Equal(steps, string.Join(' ', _steps.Select(s => s.Replace(' ', '-'))));
        Assert.False(_bus.IsTaken(uuid));
        Assert.Equal(2, _parent.Types[0].AvailableInstances);

        _failing = "";
        _steps.Clear();
        _bus.Create(_parent.Types[0], uuid, [new("left", "1")]);
        _bus.Remove(uuid);
        Assert.Equal(
            ["reserve", "device", "attribute", "start socket", "start tree", "stop tree", "stop socket", "dispose", "release"], _steps);
    }

    [Fact]
    public void Attributes_are_set_before_anybody_can_come()
    {
        _bus.Create(_parent.Types[0], Guid.NewGuid(), [new("left", "1")]);
        Assert.Equal(["reserve", "device", "attribute", "start socket", "start tree"], _steps);
    }

    [Fact]
    public void What_the_vendors_code_should_not_throw_is_EIO_and_logged()
    {
        _parent.OnCreate = _ => throw new InvalidOperationException("The card is on fire.");
        MdevException e = Assert.Throws<MdevException>(() => _bus.Create(_parent.Types[0], Guid.NewGuid()));
        Assert.Equal(Errno.EIO, e.Error);
        Assert.Contains("The card is on fire.", e.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(e.InnerException);
        Assert.Contains("its device could not be made", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_come_in_the_kernels_order()
    {
        var parent = new ScratchParent(ScratchParent.Type("a")) { Name = "other", Most = 1, MostInstances = 1 };
        var user = new ScratchUser();
        var bus = new MdevBus([user]);
        bus.Register(parent);
        Guid uuid = bus.Create(parent.Types[0], Guid.NewGuid()).Uuid;
        user.User = "somebody";
        Task going = bus.UnregisterAsync(parent, RemoveMode.Wait);

        // The UUID, the counter, the parent that goes; its budget would be the last.
        Assert.Equal(Errno.EEXIST, Assert.Throws<MdevException>(() => bus.Create(parent.Types[0], uuid)).Error);
        Assert.Equal(Errno.EUSERS, Assert.Throws<MdevException>(() => bus.Create(parent.Types[0], Guid.NewGuid())).Error);
        user.LetGo();
        await going;
        Assert.Equal(Errno.ENODEV, Assert.Throws<MdevException>(() => bus.Create(parent.Types[0], Guid.NewGuid())).Error);
    }

    [Fact]
    public async Task A_vendor_that_takes_long_holds_up_nobody()
    {
        using var inside = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var slow = new ScratchParent(ScratchParent.Type("a")) { Name = "slow" };
        slow.OnCreate = _ =>
        {
            inside.Set();
            goOn.Wait();
        };
        _bus.Register(slow);
        Task<MdevInstance> making = Task.Run(() => _bus.Create(slow.Types[0], Guid.NewGuid()));
        inside.Wait();
        Guid uuid = _bus.Create(_parent.Types[0], Guid.NewGuid()).Uuid;
        Assert.Same(_bus.Find(uuid), Assert.Single(_bus.Instances));
        _bus.Remove(uuid);
        goOn.Set();
        await making;
    }

    private void Step(string step)
    {
        _steps.Add(step);
        if (step == _failing)
            throw new MdevException(Errno.ENOMEM, "no");
    }

    private sealed class Undone(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }

    private sealed class Service(string name, Action<string> step) : IInstanceService
    {
        public void Start(MdevInstance instance) => step($"start {name}");

        public bool IsInUse(MdevInstance instance) => false;

        public string? UserOf(MdevInstance instance) => null;

        public void Request(MdevInstance instance, int count)
        {
        }

        public Task WhenUnused(MdevInstance instance, CancellationToken cancel) => Task.CompletedTask;

        public void Stop(MdevInstance instance) => step($"stop {name}");
    }
}
