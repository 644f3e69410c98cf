using System.Diagnostics;
using System.Runtime.CompilerServices;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Observation;

/// <summary>
/// Follows what is done to a device and what it does. The device leaves it entries on its lock and never waits: what is read too slowly
/// is lost and counted. While nobody traces a device, that costs it one comparison an access.
/// </summary>
/// <remarks>Several at once follow one device. Used by one reader at a time.</remarks>
internal sealed class DeviceTrace : IDeviceObserver, IDisposable
{
    /// <summary>Bytes that are kept of one access; of a longer one the first.</summary>
    public const int MostData = 64 << 10;

    // How often the reader looks: the device must not pay for waking it.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    private readonly VfioDevice _device;
    private readonly TraceFilter _filter;
    private readonly TraceRing _ring;
    private readonly TraceTeller _teller;

    // On the device's lock: what is under way, and whether it is being left out.
    private uint _region;
    private ulong _offset;
    private int _count;
    private bool _isWrite;
    private bool _wanted;
    private bool _skipped;
    private long _lost;

    /// <param name="device">A device that is served.</param>
    /// <param name="filter">What to show; everything if not given.</param>
    /// <param name="ring">Room for what is not read yet.</param>
    public DeviceTrace(VfioDevice device, TraceFilter? filter = null, TraceRing? ring = null)
    {
        (_device, _filter, _ring) = (device, filter ?? new TraceFilter(), ring ?? new TraceRing());
        _teller = new TraceTeller(device, _filter);
        device.Add(this);
        Began = _teller.Begin(Stopwatch.GetTimestamp());
    }

    /// <summary>The event that comes before all others.</summary>
    public TraceEvent Began { get; }

    /// <summary>The next event, if there is one already.</summary>
    public bool TryRead(out TraceEvent? next)
    {
        while (!_teller.TryTake(out next))
        {
            if (_ring.TryPeek(out TraceEntry entry))
            {
                _teller.Tell(entry, _ring.DataOf(entry));
                _ring.Release();
            }
            else if (Interlocked.Exchange(ref _lost, 0) is > 0 and long lost)
            {
                _teller.TellLost(lost, Stopwatch.GetTimestamp());
            }
            else
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>All events from here on, until it is cancelled or the device has ended.</summary>
    public async IAsyncEnumerable<TraceEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        while (!cancel.IsCancellationRequested)
        {
            // Before the last look: what it did until then is to be read.
            bool ended = _device.HasEnded;
            while (TryRead(out TraceEvent? next))
                yield return next!;
            if (ended)
                yield break;
            await Task.Delay(s_pause, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends the trace; what has happened before can still be read.</summary>
    public void Dispose() => _device.Remove(this);

    void IDeviceObserver.OnRequest(uint region, ulong offset, int count, bool isWrite, ReadOnlySpan<byte> written)
    {
        (_region, _offset, _count, _isWrite) = (region, offset, count, isWrite);
        _wanted = _filter.Has(region);
        _skipped = false;
        if (_wanted)
            Add(Entry(TraceEventKind.Request), written);
    }

    void IRegisterObserver.OnAccess(in RegisterAccess access)
    {
        if (!_wanted)
            return;
        TraceEntry entry = Entry(TraceEventKind.Register);
        entry.Access = access;
        Add(entry, []);
    }

    void IDeviceObserver.OnReply(Errno error, ReadOnlySpan<byte> read)
    {
        if (_wanted)
        {
            TraceEntry entry = Entry(TraceEventKind.Reply);
            entry.Error = error;
            Add(entry, read);
        }
        (_wanted, _skipped) = (false, false);
    }

    void IDeviceObserver.OnInterrupt(int index, int vector) =>
        Add(new TraceEntry { Kind = TraceEventKind.Interrupt, Index = (uint)index, Offset = (ulong)vector }, []);

    void IDeviceObserver.OnReset() => Add(new TraceEntry { Kind = TraceEventKind.Reset }, []);

    private TraceEntry Entry(TraceEventKind kind) => new() { Kind = kind, Index = _region, Offset = _offset, Count = _count, IsWrite = _isWrite };

    // An access of which something had no room is left out from there on, and counts once.
    private void Add(TraceEntry entry, ReadOnlySpan<byte> data)
    {
        if (_skipped)
            return;
        entry.Time = Stopwatch.GetTimestamp();
        entry.Lost = Interlocked.Exchange(ref _lost, 0);
        if (_ring.TryAdd(entry, data[..Math.Min(data.Length, MostData)]))
            return;
        Interlocked.Add(ref _lost, entry.Lost + 1);
        _skipped = entry.Kind is TraceEventKind.Request or TraceEventKind.Register;
    }
}
