using Mdev.Sdk.Dma;
using Mdev.Sdk.Interop;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Registers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Device;

/// <summary>
/// What VFIO calls a device: regions, interrupts, guest memory and reset. Whoever serves it (a socket, a bridge, a test)
/// calls these members and knows nothing else.
/// </summary>
/// <remarks>
/// One device is one lock: every access, every handler and every change of its interrupts holds it, and no lock of
/// another device. Thread-safe; reads and writes allocate nothing.
/// </remarks>
public abstract partial class VfioDevice : IDisposable
{
    private Region?[] _regions = [];
    private readonly List<MappedMemory> _mapped = [];
    private readonly List<DeviceMemory> _memories = [];
    private bool _realized;

    /// <summary>For a device that is not PCI; a PCI device derives from <see cref="Pci.PciDevice"/>.</summary>
    protected VfioDevice()
    {
        Deferred = new DeferredLines(LevelThrew);
        Memory = new GuestMemory(Gate);
    }

    /// <summary>The instance's UUID; all zeros until it is made.</summary>
    public Guid Uuid { get; private set; }

    /// <summary>What has been counted so far.</summary>
    public AccessCounters Counters { get; } = new();

    /// <summary>The guest memory that the client lets this device reach.</summary>
    public GuestMemory Memory { get; }

    /// <summary>The device's lock, for device code that runs on a thread of its own: hold it shortly, and never block.</summary>
    protected internal Lock Gate { get; } = new();

    internal ILogger Logger { get; private set; } = NullLogger.Instance;
    internal DeferredLines Deferred { get; }
    internal virtual DeviceFlags Flags => _flags;
    internal InterruptController Interrupts { get; private protected set; } = new(0);
    internal int RegionCount => _regions.Length;

    /// <summary>A region; <see langword="null"/> where the device has none.</summary>
    internal Region? RegionAt(uint region) => region < _regions.Length ? _regions[region] : null;

    /// <summary>A region's size in bytes; 0 where the device has none.</summary>
    internal ulong RegionSize(uint region) => RegionAt(region)?.Size ?? 0;

    /// <summary>Keeps memory until the device is disposed.</summary>
    internal MappedMemory Own(MappedMemory memory)
    {
        _mapped.Add(memory);
        return memory;
    }

    /// <summary>Resets memory with the device.</summary>
    internal void Own(DeviceMemory memory) => _memories.Add(memory);

    /// <summary>Makes the regions and interrupts that the vendor declared, and resets the device. Once, before it is served.</summary>
    internal void Realize(Guid uuid, ILogger logger)
    {
        if (_realized)
            throw new InvalidOperationException($"The device {Uuid} has been realized before.");
        (Uuid, Logger, _realized) = (uuid, logger, true);
        Memory.LogAs(uuid, logger);
        if (this is ICharDevice own)
            Add(own);
        _regions = CreateRegions();
        (Counters.RegionReads, Counters.RegionWrites) = (new long[_regions.Length], new long[_regions.Length]);
        ResetNow(ResetKind.Cold);
    }

    /// <summary>A guest's read.</summary>
    /// <returns>EINVAL for bytes outside of the region, or of a region the device does not have.</returns>
    internal Errno Read(uint region, ulong offset, Span<byte> destination)
    {
        if (!IsInside(region, offset, destination.Length))
            return RefuseTraced(region, offset, destination.Length, isWrite: false, []);
        lock (Gate)
        {
            Counters.RegionReads[region]++;
            IDeviceObserver? observer = _observer;
            observer?.OnRequest(region, offset, destination.Length, isWrite: false, []);
            if (_stopped)
                _regions[region]!.Peek(offset, destination);
            else
                ReadNow(region, offset, destination);
            observer?.OnReply(Errno.None, destination);
        }
        return Errno.None;
    }

    private void ReadNow(uint region, ulong offset, Span<byte> destination)
    {
        Deferred.Begin();
        try
        {
            _regions[region]!.Read(offset, destination);
        }
        finally
        {
            Deferred.End();
        }
    }

    /// <summary>A guest's write.</summary>
    /// <returns>
    /// EINVAL for bytes outside of the region, of a region the device does not have, or where it is stopped and does not take it.
    /// </returns>
    internal Errno Write(uint region, ulong offset, ReadOnlySpan<byte> source)
    {
        if (!TakesWrite(region, offset, source.Length))
            return RefuseTraced(region, offset, source.Length, isWrite: true, source);
        lock (Gate)
        {
            Counters.RegionWrites[region]++;
            IDeviceObserver? observer = _observer;
            observer?.OnRequest(region, offset, source.Length, isWrite: true, source);
            Deferred.Begin();
            try
            {
                _regions[region]!.Write(offset, source);
            }
            finally
            {
                Deferred.End();
            }
            observer?.OnReply(Errno.None, []);
        }

        if (_reset is { } reset)
            AwaitReset(reset);
        return Errno.None;
    }

    /// <summary>
    /// What a guest would read, without side effects: nothing clears, nothing is counted or logged, and of the handlers only those
    /// run that are declared <see cref="OnReadAttribute.Pure"/>.
    /// </summary>
    /// <param name="region">VFIO region index; 0 to 5 are the BARs, 7 is config space.</param>
    /// <param name="offset">Bytes from the start of the region.</param>
    /// <param name="destination">Receives as many bytes as it has.</param>
    /// <returns>Whether the bytes lie in a region that the device has.</returns>
    public bool Peek(uint region, ulong offset, Span<byte> destination)
    {
        if (!IsInside(region, offset, destination.Length))
            return false;
        lock (Gate)
            _regions[region]!.Peek(offset, destination);
        return true;
    }

    /// <summary>
    /// Stores as device code does: every bit takes the value, whatever its access, and no handler runs. Derived interrupt lines
    /// follow.
    /// </summary>
    /// <param name="region">VFIO region index.</param>
    /// <param name="offset">Bytes from the start of the region.</param>
    /// <param name="source">The bytes; those of no stored register are dropped.</param>
    /// <returns>Whether the bytes lie in a region that the device has.</returns>
    public bool Poke(uint region, ulong offset, ReadOnlySpan<byte> source)
    {
        if (!IsInside(region, offset, source.Length))
            return false;
        lock (Gate)
            _regions[region]!.Poke(offset, source);
        return true;
    }

    /// <summary>Writes every register that can be read, with its value by <see cref="Peek"/>: a line each.</summary>
    public void Dump(TextWriter writer)
    {
        lock (Gate)
        {
            foreach (Region? region in _regions)
                region?.Dump(writer);
        }
    }

    internal Errno SetIrqs(uint index, in IrqSet set)
    {
        lock (Gate)
            return Interrupts.Set(index, set);
    }

    /// <summary>Whether the client unmasks a level by an eventfd, which whoever serves it polls.</summary>
    internal bool HasUnmaskEvents
    {
        get
        {
            foreach (IntxIndex level in Interrupts.Levels)
            {
                if (level.UnmaskEvent is not null)
                    return true;
            }
            return false;
        }
    }

    /// <summary>The client's eventfds that unmask levels.</summary>
    /// <param name="descriptors">Receives them; room for one an interrupt index.</param>
    /// <returns>How many.</returns>
    internal int UnmaskDescriptors(Span<int> descriptors)
    {
        int count = 0;
        foreach (IntxIndex level in Interrupts.Levels)
        {
            if (level.UnmaskEvent is { } unmask)
                descriptors[count++] = unmask.Descriptor;
        }
        return count;
    }

    /// <summary>One of the client's eventfds that unmask levels was signalled.</summary>
    internal void UnmaskSignalled()
    {
        lock (Gate)
        {
            foreach (IntxIndex level in Interrupts.Levels)
                level.UnmaskSignalled();
        }
    }

    /// <summary>Hands the vendor's code a byte from a far end, as a guest's access would: locked, and it may throw.</summary>
    /// <param name="value">The byte.</param>
    /// <param name="deliver">The vendor's code; whether it has taken the byte.</param>
    /// <param name="stopped">Whether the device takes nothing until it goes on.</param>
    /// <returns>Whether the byte is done with.</returns>
    internal bool Deliver(byte value, Func<byte, bool> deliver, out bool stopped)
    {
        lock (Gate)
        {
            stopped = _stopped;
            if (stopped)
                return false;
            try
            {
                return deliver(value);
            }
            catch (Exception e)
            {
                Counters.HandlerFaults++;
                DeviceLog.DeliveryThrew(Logger, e, Uuid, value);
                return true;
            }
            finally
            {
                Deferred.Follow();
            }
        }
    }

    /// <summary>Hands the vendor's code what a person does, as a guest's access would: locked, and it may throw.</summary>
    /// <param name="input">Calls the vendor's code.</param>
    /// <returns>What it threw, counted and to be logged; nothing is delivered while the device is stopped.</returns>
    internal Exception? Deliver(Action input)
    {
        lock (Gate)
        {
            if (_stopped)
                return null;
            try
            {
                input();
                return null;
            }
            catch (Exception e)
            {
                Counters.HandlerFaults++;
                return e;
            }
            finally
            {
                Deferred.Follow();
            }
        }
    }

    private void ResetNow(ResetKind kind)
    {
        lock (Gate)
        {
            // Before the registers: a reset handler may raise its line again.
            LowerInterrupts();
            ForgetRings();

            // All memory before any register, wherever they lie: a reset handler may fill it.
            foreach (DeviceMemory memory in _memories)
                memory.Reset(kind);
            foreach (Region? region in _regions)
                region?.Reset(kind);
            Deferred.Follow();
        }
    }

    /// <summary>
    /// Drops the client's memory and eventfds: it is gone. The device keeps its state for the next one. Source: vfio-user,
    /// "Client Disconnection".
    /// </summary>
    internal void ReleaseClient()
    {
        AbandonMigration();
        lock (Gate)
        {
            // One that has never said VERSION has taken nobody's.
            if (_interruptUser is null)
                Interrupts.DisableAll();
            _hasClient = false;
            DropDoorbellEvents();
        }
        Memory.UnmapAll();
        _ = Memory.StopDirtyTracking();
    }

    /// <summary>Ends the device, and those of its register blocks that are disposable. Nobody may be using it.</summary>
    public void Dispose()
    {
        ReleaseClient();
        EndWork();
        foreach (Region? region in _regions)
            region?.End();
        Dispose(disposing: true);

        // Last: a thread of the vendor's may use it until the vendor has ended it.
        foreach (MappedMemory memory in _mapped)
            memory.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the vendor holds.</summary>
    /// <param name="disposing">Always <see langword="true"/>; .NET's pattern.</param>
    protected virtual void Dispose(bool disposing) { }

    /// <summary>Whether the bytes lie in a region that the device has.</summary>
    internal bool IsInside(uint region, ulong offset, int count)
    {
        ulong size = RegionSize(region);
        return size != 0 && offset <= size && (ulong)count <= size - offset;
    }
}
