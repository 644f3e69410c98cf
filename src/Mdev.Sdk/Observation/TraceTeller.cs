using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Mdev.Sdk.Device;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Observation;

/// <summary>Makes events of what a device has left, with names and meanings; leaves out what a filter does not want.</summary>
internal sealed class TraceTeller
{
    private readonly VfioDevice _device;
    private readonly TraceFilter _filter;
    private readonly Queue<TraceEvent> _told = new();
    private readonly (string Name, IReadOnlyList<PlacedMemory> Memory)[] _regions;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly long _startTime = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    // A request that is shown only if a register is met that the filter wants.
    private TraceEvent? _held;

    public TraceTeller(VfioDevice device, TraceFilter filter)
    {
        (_device, _filter) = (device, filter);
        _regions = [.. Enumerable.Range(0, device.RegionCount).Select(i => (RegionNames.Of(device, (uint)i).Name, device.MemoryOf((uint)i)))];
    }

    public bool TryTake([NotNullWhen(true)] out TraceEvent? next) => _told.TryDequeue(out next);

    public TraceEvent Begin(long time) => new() { Kind = TraceEventKind.Began, Time = TimeOf(time) };

    public void TellLost(long count, long time)
    {
        // Of what was under way, the rest may be missing.
        _held = null;
        _told.Enqueue(new TraceEvent { Kind = TraceEventKind.Lost, Time = TimeOf(time), Lost = count });
    }

    public void Tell(in TraceEntry entry, byte[] data)
    {
        if (entry.Lost > 0)
            TellLost(entry.Lost, entry.Time);
        switch (entry.Kind)
        {
            case TraceEventKind.Request:
                TellRequest(entry, data);
                break;
            case TraceEventKind.Register:
                TellRegister(entry);
                break;
            case TraceEventKind.Reply:
                TellReply(entry, data);
                break;
            case TraceEventKind.Interrupt:
                _told.Enqueue(new TraceEvent
                {
                    Kind = entry.Kind,
                    Time = TimeOf(entry.Time),
                    Interrupt = (int)entry.Index,
                    InterruptName = RegionNames.OfInterrupt(_device, (int)entry.Index),
                    Vector = (int)entry.Offset,
                });
                break;
            default:
                _told.Enqueue(new TraceEvent { Kind = entry.Kind, Time = TimeOf(entry.Time) });
                break;
        }
    }

    private void TellRequest(in TraceEntry entry, byte[] data)
    {
        TraceEvent request = Access(entry, entry.IsWrite ? data : null);
        _held = _filter.Register is null ? null : request;
        if (_held is null)
            _told.Enqueue(request);
    }

    private void TellRegister(in TraceEntry entry)
    {
        RegisterAccess access = entry.Access;
        if (!_filter.Has(access.Register))
            return;
        if (_held is { } held)
            _told.Enqueue(held);
        _held = null;
        string meaning = TraceText.MeaningOf(access);
        _told.Enqueue(new TraceEvent
        {
            Kind = TraceEventKind.Register,
            Time = TimeOf(entry.Time),
            Region = access.Region,
            RegionName = NameOf((uint)access.Region),
            Offset = access.Offset,
            Count = access.Width,
            IsWrite = access.IsWrite,
            Name = access.Register,
            Value = access.Value,
            Meaning = meaning.Length == 0 ? null : meaning,
        });
    }

    private void TellReply(in TraceEntry entry, byte[] data)
    {
        bool unwanted = _held is not null;
        _held = null;
        if (!unwanted)
            _told.Enqueue(Access(entry, entry.IsWrite || entry.Error != Errno.None ? null : data) with { Error = entry.Error == Errno.None ? null : (int)entry.Error });
    }

    private TraceEvent Access(in TraceEntry entry, byte[]? data) => new()
    {
        Kind = entry.Kind,
        Time = TimeOf(entry.Time),
        Region = (int)entry.Index,
        RegionName = NameOf(entry.Index),
        Offset = entry.Offset,
        Count = entry.Count,
        IsWrite = entry.IsWrite,
        Name = PlaceOf(entry.Index, entry.Offset),
        Data = data is null ? (ReadOnlyMemory<byte>?)null : data,
    };

    private string NameOf(uint region) => region < (uint)_regions.Length ? _regions[region].Name : $"REGION{region}";

    // What lies there that is no register.
    private string? PlaceOf(uint region, ulong offset)
    {
        if (region >= (uint)_regions.Length)
            return null;
        foreach (PlacedMemory memory in _regions[region].Memory)
        {
            if (offset >= memory.Offset && offset - memory.Offset < memory.Size)
                return memory.Name;
        }
        return region == PciDevice.ConfigRegion && _device is PciDevice ? ConfigNames.At(offset) : null;
    }

    private long TimeOf(long timestamp) => _startTime + ((timestamp - _start) * (1_000_000_000 / Stopwatch.Frequency));
}
