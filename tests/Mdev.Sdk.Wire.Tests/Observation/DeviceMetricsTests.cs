using System.Diagnostics;
using System.Diagnostics.Metrics;
using Mdev.Sdk.Observation;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;
using Mtty;

namespace Mdev.Sdk.Wire.Tests.Observation;

/// <summary>What listeners of the meter and of the activity source <c>Mdev.Sdk</c> learn.</summary>
public sealed class DeviceMetricsTests : IDisposable
{
    private readonly MdevBus _bus = new();
    private readonly MdevInstance _instance;
    private readonly DeviceServer _server;

    public DeviceMetricsTests()
    {
        DeviceMetrics.Follow(_bus);
        _bus.Register(new MttyParent(_ => null));
        _instance = _bus.Create(_bus.FindType("mtty-1"), Guid.NewGuid());
        _server = new DeviceServer((MttyDevice)_instance.Device);
    }

    public void Dispose()
    {
        _server.Dispose();
        if (_bus.Find(_instance.Uuid) is not null)
            _bus.Remove(_instance.Uuid);
    }

    [Fact]
    public void Devices_are_counted_by_parent_and_type()
    {
        Assert.Equal(1, Measure("mdev.devices", "mdev.type=mtty-1", "mdev.parent=mtty"));
        _server.Dispose();
        _bus.Remove(_instance.Uuid);
        Assert.Equal(0, Measure("mdev.devices"));
    }

    [Fact]
    public void Accesses_are_counted_by_region_and_operation()
    {
        _server.Client.WriteRegion(0, 7, 1);
        _server.Client.ReadRegion(0, 7, 1);
        _server.Client.ReadRegion(0, 7, 1);
        _server.Client.ReadRegion(7, 0, 4);
        Assert.Equal(2, Measure("mdev.region.accesses", Uuid, "mdev.region=BAR0", "mdev.op=read"));
        Assert.Equal(1, Measure("mdev.region.accesses", Uuid, "mdev.region=BAR0", "mdev.op=write"));
        Assert.Equal(1, Measure("mdev.region.accesses", Uuid, "mdev.region=CONFIG", "mdev.op=read"));
    }

    [Fact]
    public void Interrupts_refusals_and_resets_are_counted()
    {
        using var pin = new EventFd();
        _server.Client.ArmIrqs(0, pin);
        _server.Client.WriteRegion(0, 1, 0x02);
        Assert.Equal(Errno.EINVAL, _server.Client.TryReadRegion(8, 0, new byte[1]));
        _server.Client.Reset();
        Assert.Equal(1, Measure("mdev.interrupts", Uuid, "mdev.interrupt=INTx"));
        Assert.Equal(1, Measure("mdev.protocol.errors", Uuid));
        Assert.Equal(1, Measure("mdev.resets", Uuid));
        Assert.Equal(0, Measure("mdev.faults", Uuid));
        Assert.Equal(0, Measure("mdev.region.unmapped", Uuid));
    }

    [Fact]
    public void Connections_and_mapped_memory_come_and_go()
    {
        using var memory = new SharedMemory(0x3000);
        _server.Client.MapDma(0, 0x3000, memory);
        Assert.Equal(1, Measure("mdev.connections", Uuid));
        Assert.Equal(0x3000, Measure("mdev.dma.mapped", Uuid));
        _server.Client.Dispose();
        Assert.True(SpinWait.SpinUntil(() => Measure("mdev.connections", Uuid) == 0, TimeSpan.FromSeconds(10)));
        Assert.True(SpinWait.SpinUntil(() => Measure("mdev.dma.mapped", Uuid) == 0, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Making_and_removing_instances_are_activities_also_where_they_fail()
    {
        List<Activity> seen = Listen(out ActivityListener listener);
        var uuid = Guid.NewGuid();
        using (listener)
        {
            _bus.Create(_bus.FindType("mtty-1"), uuid);
            Assert.Throws<MdevException>(() => _bus.Create(_bus.FindType("mtty-2"), uuid));
            _bus.Remove(uuid);
        }
        Activity[] found = [.. seen.Where(a => Equals(a.GetTagItem("mdev.uuid"), uuid.ToString()))];
        Assert.Equal(["mdev.create", "mdev.create", "mdev.remove"], found.Select(a => a.OperationName));
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error, ActivityStatusCode.Unset], found.Select(a => a.Status));
        Assert.Equal(("mtty", "mtty-2"), (found[1].GetTagItem("mdev.parent"), found[1].GetTagItem("mdev.type")));
    }

    [Fact]
    public void Connecting_resetting_and_migrating_are_activities()
    {
        List<Activity> seen = Listen(out ActivityListener listener);
        using (listener)
        {
            _server.Reconnect();
            _server.Client.Reset();
            Assert.Equal(Errno.EINVAL, ((MttyDevice)_instance.Device).SetMigrationState(Sdk.Migration.MigrationState.Error));
        }

        Activity[] found = [.. seen.Where(a => Equals(a.GetTagItem("mdev.uuid"), ((MttyDevice)_instance.Device).Uuid.ToString()))];
        Assert.Equal(["mdev.connect", "mdev.reset", "mdev.migrate"], found.Select(a => a.OperationName));
        Assert.Equal(Environment.ProcessId, found[0].GetTagItem("mdev.client.process"));
        Assert.Equal((ActivityStatusCode.Error, "EINVAL"), (found[2].Status, found[2].StatusDescription));
    }

    private static List<Activity> Listen(out ActivityListener listener)
    {
        var seen = new List<Activity>();
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Mdev.Sdk",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (seen)
                    seen.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return seen;
    }

    private string Uuid => $"mdev.uuid={_instance.Uuid}";

    private static long Measure(string instrument, params string[] tags)
    {
        long sum = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (found, self) =>
            {
                if (found.Meter.Name == "Mdev.Sdk" && found.Name == instrument)
                    self.EnableMeasurementEvents(found);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, found, _) =>
        {
            string[] all = [.. found.ToArray().Select(t => $"{t.Key}={t.Value}")];
            if (tags.All(all.Contains))
                sum += value;
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return sum;
    }
}
