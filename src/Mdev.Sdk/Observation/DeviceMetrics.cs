using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;

namespace Mdev.Sdk.Observation;

/// <summary>
/// The meter <c>Mdev.Sdk</c>: what devices count anyway, read when somebody measures. A device does nothing for it.
/// </summary>
internal static class DeviceMetrics
{
    private static readonly ConcurrentDictionary<MdevInstance, bool> s_instances = new();
    private static readonly Meter s_meter = new("Mdev.Sdk", Activities.Version);

    static DeviceMetrics()
    {
        s_meter.CreateObservableUpDownCounter("mdev.devices", Devices, "{device}", "Instances, by parent and type.");
        s_meter.CreateObservableUpDownCounter("mdev.connections", () => Each(Connections), "{connection}", "Clients that use a device now: 0 or 1.");
        s_meter.CreateObservableCounter("mdev.region.accesses", () => Each(Accesses), "{access}", "Accesses of regions by messages.");
        s_meter.CreateObservableCounter("mdev.region.unmapped", () => Each(Unmapped), "{access}", "Accesses of bytes that no register claims.");
        s_meter.CreateObservableCounter("mdev.protocol.errors", () => Each(ProtocolErrors), "{error}", "Commands of clients that were refused.");
        s_meter.CreateObservableCounter("mdev.interrupts", () => Each(Interrupts), "{interrupt}", "Interrupts that were signalled.");
        s_meter.CreateObservableCounter("mdev.faults", () => Each(Faults), "{fault}", "Handlers of device code that threw.");
        s_meter.CreateObservableCounter("mdev.resets", () => Each(Resets), "{reset}", "Resets that clients have asked for.");
        s_meter.CreateObservableUpDownCounter("mdev.dma.mapped", () => Each(Mapped), "By", "Guest memory that clients have mapped.");
    }

    /// <summary>Measures the instances that a bus will have.</summary>
    public static void Follow(MdevBus bus) => bus.Changed += change =>
    {
        if (change is { Kind: MdevBusEventKind.InstanceAdded, Instance: { } added })
            s_instances.TryAdd(added, true);
        else if (change is { Kind: MdevBusEventKind.InstanceRemoved, Instance: { } removed })
            s_instances.TryRemove(removed, out _);
    };

    private static IEnumerable<Measurement<long>> Devices() => s_instances.Keys
        .GroupBy(i => (Parent: i.Type.Parent.Name, Type: i.Type.Id))
        .Select(g => new Measurement<long>(g.LongCount(), new("mdev.parent", g.Key.Parent), new("mdev.type", g.Key.Type)));

    private static IEnumerable<Measurement<long>> Each(Func<MeasuredDevice, IEnumerable<Measurement<long>>> measure) =>
        s_instances.Keys.Where(i => i.Device is VfioDevice).SelectMany(i => measure(new MeasuredDevice(i, (VfioDevice)i.Device)));

    private static IEnumerable<Measurement<long>> Connections(MeasuredDevice of) => [of.Measure(of.Device.Client is null ? 0 : 1)];

    private static IEnumerable<Measurement<long>> Accesses(MeasuredDevice of)
    {
        AccessCounters counters = of.Device.Counters;
        for (int region = 0; region < counters.RegionReads.Length; region++)
        {
            if (of.Device.RegionSize((uint)region) == 0)
                continue;
            string name = RegionNames.Of(of.Device, (uint)region).Name;
            yield return of.Measure(Volatile.Read(ref counters.RegionReads[region]), new("mdev.region", name), new("mdev.op", "read"));
            yield return of.Measure(Volatile.Read(ref counters.RegionWrites[region]), new("mdev.region", name), new("mdev.op", "write"));
        }
    }

    private static IEnumerable<Measurement<long>> Unmapped(MeasuredDevice of) =>
    [
        of.Measure(Volatile.Read(ref of.Device.Counters.UnclaimedReads), new KeyValuePair<string, object?>("mdev.op", "read")),
        of.Measure(Volatile.Read(ref of.Device.Counters.UnclaimedWrites), new KeyValuePair<string, object?>("mdev.op", "write")),
    ];

    private static IEnumerable<Measurement<long>> ProtocolErrors(MeasuredDevice of) => [of.Measure(of.Device.Counters.ProtocolErrors)];

    private static IEnumerable<Measurement<long>> Faults(MeasuredDevice of) => [of.Measure(of.Device.Counters.Faults)];

    private static IEnumerable<Measurement<long>> Resets(MeasuredDevice of) => [of.Measure(of.Device.Counters.Resets)];

    private static IEnumerable<Measurement<long>> Interrupts(MeasuredDevice of)
    {
        for (uint index = 0; index < (uint)of.Device.Interrupts.Count; index++)
        {
            if (of.Device.Interrupts[index] is { } found)
                yield return of.Measure(found.Signals, new KeyValuePair<string, object?>("mdev.interrupt", RegionNames.OfInterrupt(of.Device, (int)index)));
        }
    }

    private static IEnumerable<Measurement<long>> Mapped(MeasuredDevice of) => [of.Measure((long)Math.Min(of.Device.Memory.MappedBytes, long.MaxValue))];
}
