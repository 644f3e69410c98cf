using Mdev.Sdk.Device;
using Mdev.Sdk.Dma;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Observation;

/// <summary>Copies on the device's lock what belongs together, and makes sense of it afterwards.</summary>
internal static class SnapshotTaker
{
    public static DeviceSnapshot Take(VfioDevice device)
    {
        List<InterruptSnapshot> interrupts = [];
        CountersSnapshot counters;
        string state;
        lock (device.Gate)
        {
            state = device.MigrationState.ToString();
            counters = CountersOf(device);
            for (uint index = 0; index < (uint)device.Interrupts.Count; index++)
            {
                if (device.Interrupts[index] is { } found)
                    interrupts.Add(InterruptOf(device, (int)index, found));
            }
        }

        return new DeviceSnapshot
        {
            Uuid = device.Uuid,
            Taken = DateTimeOffset.UtcNow,
            State = state,
            Client = ClientOf(device),
            Pci = device is PciDevice pci ? PciOf(pci) : null,
            Regions = [.. Enumerable.Range(0, device.RegionCount).Where(i => device.RegionSize((uint)i) != 0).Select(i => RegionOf(device, (uint)i))],
            Interrupts = interrupts,
            Dma = [.. device.Memory.Describe().Select(DmaOf)],
            Counters = counters,
        };
    }

    private static ClientSnapshot? ClientOf(VfioDevice device) => device.Client is { } client
        ? new ClientSnapshot(client.ProcessId, ProcessName(client.ProcessId), client.Program, client.Since)
        : null;

    // Source: proc(5), /proc/pid/comm.
    private static string ProcessName(int process)
    {
        try
        {
            return process > 0 ? File.ReadAllText($"/proc/{process}/comm").TrimEnd('\n') : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has gone meanwhile, or is hidden from us.
            return "";
        }
    }

    private static PciSnapshot PciOf(PciDevice device)
    {
        byte[] config = new byte[device.RegionSize(PciDevice.ConfigRegion)];
        device.Peek(PciDevice.ConfigRegion, 0, config);
        PciSummary summary = PciSummary.Of(config);
        return new PciSnapshot
        {
            Vendor = summary.Vendor,
            Device = summary.Device,
            Class = summary.Class,
            Revision = summary.Revision,
            SubsystemVendor = summary.SubsystemVendor,
            Subsystem = summary.Subsystem,
            InterruptPin = summary.InterruptPin,
            PowerState = device.PowerState.ToString(),
            Capabilities = [.. summary.Capabilities.Select(c => new CapabilitySnapshot(c.Offset, c.Name))],
            Config = config,
        };
    }

    private static RegionSnapshot RegionOf(VfioDevice device, uint index)
    {
        Region region = device.RegionAt(index)!;
        (string name, string kind) = RegionNames.Of(device, index);
        RegisterList registers = RegisterList.Of(device, index);
        return new RegionSnapshot
        {
            Index = (int)index,
            Name = name,
            Kind = kind,
            Size = region.Size,
            CanRead = !region.Traits.WriteOnly,
            CanWrite = !region.Traits.ReadOnly,
            Mappable = [.. region.Mapping?.Areas.Select(a => new AreaSnapshot(a.Offset, a.Size)) ?? []],
            Memory = [.. device.MemoryOf(index).Select(m => new AreaSnapshot(m.Offset, m.Size, m.Name, m.Kind))],
            Registers = registers.Read(),
            Omitted = registers.Omitted,
        };
    }

    private static InterruptSnapshot InterruptOf(VfioDevice device, int index, InterruptIndex interrupts)
    {
        var vectors = new List<VectorSnapshot>();
        for (int vector = 0; vector < interrupts.Triggers.Length; vector++)
        {
            var found = new VectorSnapshot(
                vector, interrupts.Triggers[vector] is not null, interrupts.IsVectorMasked(vector), interrupts.IsVectorPending(vector));
            if (found.Armed || found.Masked || found.Pending)
                vectors.Add(found);
        }
        return new InterruptSnapshot
        {
            Index = index,
            Name = RegionNames.OfInterrupt(device, index),
            Count = (int)interrupts.Count,
            Active = interrupts.Active,
            Asserted = interrupts is IntxIndex { Asserted: true },
            Signals = interrupts.Signals,
            Vectors = vectors,
        };
    }

    private static DmaSnapshot DmaOf(MappedRange range) => new()
    {
        Address = range.Address,
        Size = range.Size,
        CanRead = (range.Protection & DmaProtection.Read) != 0,
        CanWrite = (range.Protection & DmaProtection.Write) != 0,
        Shared = range.IsShared,
        Mapped = range.IsMapped,
        Broken = range.IsBroken,
        FileOffset = range.Offset,
    };

    private static CountersSnapshot CountersOf(VfioDevice device)
    {
        AccessCounters counters = device.Counters;
        var regions = new List<RegionCount>();
        for (int region = 0; region < counters.RegionReads.Length; region++)
        {
            if (counters.RegionReads[region] + counters.RegionWrites[region] > 0)
                regions.Add(new RegionCount(region, counters.RegionReads[region], counters.RegionWrites[region]));
        }
        return new CountersSnapshot
        {
            Regions = regions,
            UnclaimedReads = counters.UnclaimedReads,
            UnclaimedWrites = counters.UnclaimedWrites,
            UnexpectedWrites = counters.UnexpectedWrites,
            Faults = counters.Faults,
            LateWork = counters.Late,
            ProtocolErrors = counters.ProtocolErrors,
            Connections = counters.Connections,
            Resets = counters.Resets,
            BrokenMappings = device.Memory.Broken,
            RevokedMappings = device.Memory.Revoked,
        };
    }
}
