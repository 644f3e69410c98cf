using Mdev.Sdk.Dma;
using Mdev.Sdk.Interrupts;
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
public abstract class VfioDevice : IDisposable
{
    private Region?[] _regions = [];
    private bool _realized;

    private protected VfioDevice() { }

    /// <summary>The instance's UUID; all zeros until it is made.</summary>
    public Guid Uuid { get; private set; }

    /// <summary>What has gone wrong so far.</summary>
    public AccessCounters Counters { get; } = new();

    /// <summary>The guest memory that the client lets this device reach.</summary>
    public GuestMemory Memory { get; } = new();

    /// <summary>Sees every register access; <see langword="null"/> if nobody looks.</summary>
    public IRegisterObserver? Observer { get; set; }

    /// <summary>The device's lock, for device code that runs on a thread of its own: hold it shortly, and never block.</summary>
    protected internal Lock Gate { get; } = new();

    internal ILogger Logger { get; private set; } = NullLogger.Instance;
    internal abstract DeviceFlags Flags { get; }
    internal InterruptController Interrupts { get; private protected set; } = new(0);
    internal int RegionCount => _regions.Length;

    /// <summary>A region's size in bytes; 0 where the device has none.</summary>
    internal ulong RegionSize(uint region) => region < _regions.Length ? _regions[region]?.Size ?? 0 : 0;

    /// <summary>Makes the regions and interrupts that the vendor declared, and resets the device. Once, before it is served.</summary>
    internal void Realize(Guid uuid, ILogger logger)
    {
        if (_realized)
            throw new InvalidOperationException($"The device {Uuid} has been realized before.");
        (Uuid, Logger, _realized) = (uuid, logger, true);
        _regions = CreateRegions();
        Reset();
    }

    /// <summary>A guest's read.</summary>
    /// <returns>EINVAL for bytes outside of the region, or of a region the device does not have.</returns>
    internal Errno Read(uint region, ulong offset, Span<byte> destination)
    {
        if (!IsInside(region, offset, destination.Length))
            return Errno.EINVAL;
        lock (Gate)
            _regions[region]!.Read(offset, destination);
        return Errno.None;
    }

    /// <summary>A guest's write.</summary>
    /// <returns>EINVAL for bytes outside of the region, or of a region the device does not have.</returns>
    internal Errno Write(uint region, ulong offset, ReadOnlySpan<byte> source)
    {
        if (!IsInside(region, offset, source.Length))
            return Errno.EINVAL;
        lock (Gate)
            _regions[region]!.Write(offset, source);
        return Errno.None;
    }

    internal Errno SetIrqs(uint index, in IrqSet set)
    {
        lock (Gate)
            return Interrupts.Set(index, set);
    }

    /// <summary>The client's eventfd that unmasks INTx, to be polled by whoever serves it; negative if there is none.</summary>
    internal int UnmaskDescriptor => Interrupts.Intx?.UnmaskEvent?.Descriptor ?? -1;

    /// <summary>The client's eventfd that unmasks INTx was signalled.</summary>
    internal void UnmaskSignalled()
    {
        lock (Gate)
            Interrupts.Intx?.UnmaskSignalled();
    }

    /// <summary>Hands the vendor's code a byte from a far end, as a guest's access would: locked, and it may throw.</summary>
    /// <returns>Whether the byte is done with.</returns>
    internal bool Deliver(byte value, Func<byte, bool> deliver)
    {
        lock (Gate)
        {
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
        }
    }

    /// <summary>All registers, config space included, take their reset values. What the client has connected stays.</summary>
    public void Reset()
    {
        lock (Gate)
        {
            // Before the registers: a reset handler may raise its line again.
            LowerInterrupts();
            foreach (Region? region in _regions)
                region?.Reset();
        }
    }

    /// <summary>
    /// Drops the client's memory and eventfds: it is gone. The device keeps its state for the next one. Source: vfio-user,
    /// "Client Disconnection".
    /// </summary>
    internal void ReleaseClient()
    {
        lock (Gate)
            Interrupts.DisableAll();
        Memory.UnmapAll();
    }

    /// <summary>Ends the device, and those of its register blocks that are disposable. Nobody may be using it.</summary>
    public void Dispose()
    {
        ReleaseClient();
        foreach (Region? region in _regions)
            region?.End();
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the vendor holds.</summary>
    /// <param name="disposing">Always <see langword="true"/>; .NET's pattern.</param>
    protected virtual void Dispose(bool disposing) { }

    private protected abstract Region?[] CreateRegions();

    private protected abstract void LowerInterrupts();

    private bool IsInside(uint region, ulong offset, int count)
    {
        ulong size = RegionSize(region);
        return size != 0 && offset <= size && (ulong)count <= size - offset;
    }
}
