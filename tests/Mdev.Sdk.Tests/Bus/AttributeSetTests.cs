namespace Mdev.Sdk.Tests.Bus;

/// <summary>Attributes as tools use them, at creation and afterwards.</summary>
public sealed class AttributeSetTests
{
    private readonly MdevBus _bus = new();
    private readonly ScratchParent _parent = new(ScratchParent.Type("a"));

    public AttributeSetTests() => _bus.Register(_parent);

    [Fact]
    public void A_value_is_shown_and_set()
    {
        (MdevInstance made, ScratchInstance device) = Create();
        made.Attributes.Store("left", "5");
        Assert.Equal("5", made.Attributes.Show("left"));
        Assert.Equal(5, device.Left);
        Assert.Equal([new("left", "5"), new AttributeValue("right", "0")], made.Attributes.Snapshot());
    }

    [Theory]
    [InlineData("nothing", "1", Errno.ENOENT)]
    [InlineData("broken", "1", Errno.EACCES)]
    [InlineData("left", "many", Errno.EINVAL)]
    [InlineData("left", "99999999999", Errno.EINVAL)]
    [InlineData("shout", "fail", Errno.EIO)]
    public void What_is_not_taken_has_an_errno_and_names_the_attribute(string name, string value, Errno error)
    {
        (MdevInstance made, _) = Create();
        MdevException e = Assert.Throws<MdevException>(() => made.Attributes.Store(name, value));
        Assert.Equal(error, e.Error);
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shout", Errno.EACCES)]
    [InlineData("broken", Errno.EIO)]
    [InlineData("nothing", Errno.ENOENT)]
    public void What_cannot_be_shown_has_an_errno(string name, Errno error)
    {
        (MdevInstance made, _) = Create();
        Assert.Equal(error, Assert.Throws<MdevException>(() => made.Attributes.Show(name)).Error);
    }

    [Fact]
    public void Several_are_set_in_their_order()
    {
        (MdevInstance made, ScratchInstance device) = Create();
        made.Attributes.Set([new("right", "2"), new("assign", "x"), new("left", "1"), new("right", "3")]);
        Assert.Equal(["right=2", "assign=x", "left=1", "right=3"], device.Stored);
    }

    [Fact]
    public void Where_one_is_refused_those_before_it_are_taken_back_in_reverse()
    {
        (MdevInstance made, ScratchInstance device) = Create();
        made.Attributes.Store("left", "7");
        device.Stored.Clear();
        MdevException e = Assert.Throws<MdevException>(() =>
            made.Attributes.Set([new("left", "1"), new("assign", "x"), new("left", "2"), new("assign", "x")]));
        Assert.Equal(Errno.EADDRINUSE, e.Error);
        Assert.Equal(["left=1", "assign=x", "left=2", "assign=x", "left=1", "unassign=x", "left=7"], device.Stored);
        Assert.Empty(device.Assigned);
    }

    [Fact]
    public void What_cannot_be_taken_back_is_named()
    {
        (MdevInstance made, _) = Create();
        MdevException e = Assert.Throws<MdevException>(() => made.Attributes.Set([new("shout", "hello"), new("left", "x")]));
        Assert.EndsWith("What could not be taken back: shout.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_among_several_changes_nothing()
    {
        (MdevInstance made, ScratchInstance device) = Create();
        Assert.Throws<MdevException>(() => made.Attributes.Set([new("left", "1"), new("nothing", "2")]));
        Assert.Empty(device.Stored);
    }

    [Fact]
    public void At_creation_they_are_set_before_anybody_sees_the_instance()
    {
        int seen = -1;
        _parent.OnCreate = device => device.OnStore = _ => seen = _bus.Instances.Count;
        MdevInstance made = _bus.Create(_parent.Types[0], Guid.NewGuid(), [new("left", "4")]);
        Assert.Equal(0, seen);
        Assert.Equal("4", made.Attributes.Show("left"));
    }

    [Fact]
    public void One_that_is_refused_at_creation_undoes_it_and_is_named_with_its_value()
    {
        ScratchInstance? device = null;
        _parent.OnCreate = made => device = made;
        var uuid = Guid.NewGuid();
        MdevException e = Assert.Throws<MdevException>(() => _bus.Create(_parent.Types[0], uuid, [new("left", "1"), new("right", "no")]));
        Assert.Equal(Errno.EINVAL, e.Error);
        Assert.Contains("right did not take 'no'", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, device!.Disposals);
        Assert.False(_bus.IsTaken(uuid));
    }

    [Fact]
    public void Of_an_instance_that_has_gone_none_can_be_reached()
    {
        (MdevInstance made, ScratchInstance device) = Create();
        _bus.Remove(made.Uuid);
        Assert.Equal(Errno.ENODEV, Assert.Throws<MdevException>(() => made.Attributes.Show("left")).Error);
        Assert.Equal(Errno.ENODEV, Assert.Throws<MdevException>(() => made.Attributes.Store("left", "1")).Error);
        Assert.Empty(device.Stored);
    }

    [Fact]
    public async Task Removal_waits_for_whoever_is_at_an_attribute()
    {
        (MdevInstance made, ScratchInstance device) = Create();
        using var inside = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        device.OnStore = _ =>
        {
            inside.Set();
            goOn.Wait();
            Assert.Equal(0, device.Disposals);
        };
        Task setting = Task.Run(() => made.Attributes.Store("left", "1"));
        inside.Wait();
        Task removing = Task.Run(() => _bus.Remove(made.Uuid));
        await Task.Delay(50);
        Assert.False(removing.IsCompleted);
        goOn.Set();
        await setting;
        await removing;
        Assert.Equal(1, device.Disposals);
    }

    [Fact]
    public void Those_who_set_several_at_once_do_not_mix()
    {
        (MdevInstance made, ScratchInstance device) = Create();
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            string value = i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (i % 2 == 0)
                made.Attributes.Set([new("left", value), new("right", value)]);
            IReadOnlyList<AttributeValue> seen = made.Attributes.Snapshot();
            Assert.Equal(seen[0].Value, seen[1].Value);
        });
        Assert.Equal(400, device.Stored.Count);
    }

    [Fact]
    public void What_no_vendor_should_throw_is_logged()
    {
        var log = new ListLogger();
        var bus = new MdevBus([], logger: log);
        var parent = new ScratchParent(ScratchParent.Type("a"));
        bus.Register(parent);
        MdevInstance made = bus.Create(parent.Types[0], Guid.NewGuid());
        Assert.Throws<MdevException>(() => made.Attributes.Store("left", "many"));
        Assert.Empty(log.Lines);
        MdevException e = Assert.Throws<MdevException>(() => made.Attributes.Store("shout", "fail"));
        Assert.IsType<InvalidOperationException>(e.InnerException);
        Assert.Contains("the attribute shout threw", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sentence_shows_the_beginning_of_a_long_value_in_one_line()
    {
        (MdevInstance made, _) = Create();
        MdevException e = Assert.Throws<MdevException>(() => made.Attributes.Store("left", new string('x', 100_000) + "\n"));
        Assert.InRange(e.Message.Length, 1, 400);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void What_has_no_attributes_says_so()
    {
        MdevException e = Assert.Throws<MdevException>(() => _parent.Attributes.Show("left"));
        Assert.Equal(Errno.ENOENT, e.Error);
        Assert.Empty(_parent.Types[0].Attributes.Infos);
    }

    private (MdevInstance Instance, ScratchInstance Device) Create()
    {
        MdevInstance made = _bus.Create(_parent.Types[0], Guid.NewGuid());
        return (made, (ScratchInstance)made.Device);
    }
}
