using Mdev.Sdk.Management;

namespace Mdev.Sdk.Tests.Management;

/// <summary>What starts with its parent.</summary>
public sealed class AutostartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mdev").FullName;
    private readonly DefinitionStore _store;
    private readonly MdevBus _bus = new();
    private readonly ListLogger _log = new();
    private readonly LampParent _parent = new();

    public AutostartTests()
    {
        _store = new DefinitionStore(_folder);
        _bus.Register(_parent);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Devices_start_in_the_order_of_their_uuids()
    {
        List<Guid> order = [];
        _bus.Changed += e => order.Add(e.Instance!.Uuid);
        foreach (int number in (int[])[3, 1, 2])
            Define(number, isAuto: true);
        Define(4, isAuto: false);
        Assert.Equal(3, new Autostart(_store, _bus, _log).Start(_parent));
        Assert.Equal([Uuid(1), Uuid(2), Uuid(3)], order);
        Assert.Equal(3, _log.Lines.Count(l => l.StartsWith("Information: lamps: started", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_parent_is_started_once_and_another_one_of_its_name_anew()
    {
        Define(1, isAuto: true);
        var autostart = new Autostart(_store, _bus, _log);
        Assert.Equal(1, autostart.Start(_parent));
        _bus.Remove(Uuid(1));
        Assert.Equal(0, autostart.Start(_parent));
        Assert.Empty(_bus.Instances);
    }

    [Fact]
    public void One_that_does_not_start_is_logged_and_stops_none_of_the_others()
    {
        _store.Add(new Definition("lamps", Uuid(1), "lamp-none", isAuto: true));
        _store.Add(new Definition("lamps", Uuid(2), "lamp-1", isAuto: true, [new("brightness", "9000")]));
        _store.Add(new Definition("lamps", Uuid(3), "lamp-1", isAuto: true, [new("brightness", "50")]));
        File.WriteAllText(_store.PathOf("lamps", Uuid(4)), "nonsense");
        Assert.Equal(1, new Autostart(_store, _bus, _log).Start(_parent));
        MdevInstance lamp = Assert.Single(_bus.Instances);
        Assert.Equal((Uuid(3), "50"), (lamp.Uuid, lamp.Attributes.Show("brightness")));
        Assert.Contains(_log.Lines, l => l.Contains($"{Uuid(1)} (lamp-none)", StringComparison.Ordinal) && l.Contains("ENOENT", StringComparison.Ordinal));
        Assert.Contains(_log.Lines, l => l.Contains($"{Uuid(2)} (lamp-1)", StringComparison.Ordinal) && l.Contains("EINVAL", StringComparison.Ordinal));
        Assert.Contains(_log.Lines, l => l.Contains($"{_store.PathOf("lamps", Uuid(4))}, line 1", StringComparison.Ordinal));
        Assert.Equal(3, _log.Lines.Count(l => l.StartsWith("Error: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void One_that_runs_already_is_left_alone_without_a_word()
    {
        Define(1, isAuto: true);
        _bus.Create(_bus.FindType("lamp-1"), Uuid(1));
        Assert.Equal(0, new Autostart(_store, _bus, _log).Start(_parent));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void The_same_uuid_under_another_parent_is_logged()
    {
        var other = new LampParent { Name = "other" };
        _bus.Register(other);
        Define(1, isAuto: true);
        _store.Add(new Definition("other", Uuid(1), "lamp-1", isAuto: true));
        var autostart = new Autostart(_store, _bus, _log);
        Assert.Equal(1, autostart.Start(_parent));
        Assert.Equal(0, autostart.Start(other));
        Assert.Contains("EEXIST", _log.Lines[^1], StringComparison.Ordinal);
    }

    private void Define(int number, bool isAuto) => _store.Add(new Definition("lamps", Uuid(number), "lamp-1", isAuto));

    private static Guid Uuid(int number) => new($"83b8f4f2-509f-382f-3c1e-{number:d12}");

    private sealed class LampParent : MdevParent<Lamp, int>
    {
        public LampParent() => Name = "lamps";

        public override string Driver => "lamp";

        public override long Capacity => 8;

        protected override IReadOnlyList<MdevType> CreateTypes() => [new MdevType<int>("1", "A lamp", 1, 1)];

        protected override Lamp CreateDevice(int config) => new();
    }

    private sealed class Lamp : IDisposable, IMdevAttributes
    {
        private int _brightness;

        public IReadOnlyList<MdevAttributeInfo> MdevAttributes { get; } = [new("brightness", IsReadable: true, IsWritable: true)];

        public string ShowAttribute(int index) => _brightness.ToString(System.Globalization.CultureInfo.InvariantCulture);

        public void StoreAttribute(int index, string value)
        {
            int wanted = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted, 100);
            _brightness = wanted;
        }

        public void Dispose()
        {
        }
    }
}
