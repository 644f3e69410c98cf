namespace Mdev.Sdk.Testing;

/// <summary>
/// What a user of VFIO does to a device, whichever way it is plugged in: over vfio-user (<see cref="VfioUserClient"/>), or through the
/// bridge's folder or node on the host. A test written against this class runs over each of them.
/// </summary>
/// <remarks>
/// Not thread-safe. The <c>Try…</c> forms of regions allocate nothing once their buffers have grown; every other form throws
/// <see cref="VfioException"/> where the device refuses. A call throws <see cref="IOException"/> if who serves the device has gone, and
/// <see cref="InvalidDataException"/> if the answer has not the form it must have.
/// </remarks>
public abstract partial class VfioClient : IDisposable
{
    /// <summary>DEVICE_GET_INFO.</summary>
    /// <exception cref="VfioException">It is refused.</exception>
    public abstract VfioDeviceInfo GetDeviceInfo();

    /// <summary>DEVICE_GET_REGION_INFO with its capabilities.</summary>
    /// <param name="region">Region index; of a PCI device 0 to 5 are the BARs, 6 the ROM, 7 is config space.</param>
    /// <exception cref="VfioException">It is refused.</exception>
    public abstract VfioRegionInfo GetRegionInfo(uint region);

    /// <summary>DEVICE_GET_IRQ_INFO.</summary>
    /// <param name="index">Interrupt index; of a PCI device 0 INTx, 1 MSI, 2 MSI-X, 3 ERR, 4 REQ.</param>
    /// <exception cref="VfioException">It is refused.</exception>
    public abstract VfioIrqInfo GetIrqInfo(uint index);

    /// <summary>Maps what can be mapped of a region.</summary>
    /// <param name="region">Region index.</param>
    /// <returns>The mapping, which outlives this client; <see langword="null"/> if the region must be accessed by calls.</returns>
    /// <exception cref="VfioException">It is refused.</exception>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public abstract MappedRegion? MapRegion(uint region);

    /// <summary>Reads of a region, allocating nothing.</summary>
    /// <param name="region">Region index.</param>
    /// <param name="offset">Offset in the region.</param>
    /// <param name="destination">Receives exactly its own length in bytes; untouched unless the result is None.</param>
    /// <returns>None, or why it is refused.</returns>
    public abstract Errno TryReadRegion(uint region, ulong offset, Span<byte> destination);

    /// <summary>Writes to a region, allocating nothing.</summary>
    /// <param name="region">Region index.</param>
    /// <param name="offset">Offset in the region.</param>
    /// <param name="source">The bytes.</param>
    /// <returns>None, or why it is refused.</returns>
    public abstract Errno TryWriteRegion(uint region, ulong offset, ReadOnlySpan<byte> source);

    /// <summary>DEVICE_SET_IRQS in any form, sensible or not.</summary>
    /// <param name="index">Interrupt index.</param>
    /// <param name="set">One action and one kind of data.</param>
    /// <param name="start">First interrupt.</param>
    /// <param name="count">Interrupts.</param>
    /// <param name="bools">The bytes of DATA_BOOL.</param>
    /// <param name="eventFds">Those of DATA_EVENTFD; they stay the caller's, who may close them at once.</param>
    /// <returns>None, or why it is refused.</returns>
    public abstract Errno TrySetIrqs(
        uint index, VfioIrqSet set, uint start, uint count, ReadOnlySpan<byte> bools = default, params ReadOnlySpan<EventFd> eventFds);

    /// <summary>DEVICE_RESET.</summary>
    /// <returns>None, or why it is refused.</returns>
    public abstract Errno TryReset();

    /// <summary>DEVICE_RESET.</summary>
    /// <exception cref="VfioException">It is refused.</exception>
    public void Reset() => Check(TryReset(), "DEVICE_RESET");

    /// <summary>Reads of a region.</summary>
    /// <param name="region">Region index.</param>
    /// <param name="offset">Offset in the region.</param>
    /// <param name="destination">Receives exactly its own length in bytes.</param>
    /// <exception cref="VfioException">It is refused.</exception>
    public void ReadRegion(uint region, ulong offset, Span<byte> destination) =>
        CheckAccess(TryReadRegion(region, offset, destination), "A read", region, offset, destination.Length);

    /// <summary>Reads of a region.</summary>
    /// <param name="region">Region index.</param>
    /// <param name="offset">Offset in the region.</param>
    /// <param name="count">Bytes.</param>
    /// <exception cref="VfioException">It is refused.</exception>
    public byte[] ReadRegion(uint region, ulong offset, int count)
    {
        var bytes = new byte[count];
        ReadRegion(region, offset, bytes);
        return bytes;
    }

    /// <summary>Writes to a region.</summary>
    /// <param name="region">Region index.</param>
    /// <param name="offset">Offset in the region.</param>
    /// <param name="source">The bytes.</param>
    /// <exception cref="VfioException">It is refused.</exception>
    public void WriteRegion(uint region, ulong offset, params ReadOnlySpan<byte> source) =>
        CheckAccess(TryWriteRegion(region, offset, source), "A write", region, offset, source.Length);

    /// <summary>Lets go of the device, which then signals none of our eventfds any more.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of the device.</summary>
    /// <param name="disposing">Always <see langword="true"/>: there is nothing for a finalizer to do.</param>
    protected abstract void Dispose(bool disposing);

    private protected static void Check(Errno error, string request)
    {
        if (error != Errno.None)
            throw new VfioException(error, $"{request} was refused with {error}.");
    }

    // The text is made only where it is needed: the throwing forms stay cheap.
    private static void CheckAccess(Errno error, string access, uint region, ulong offset, int count)
    {
        if (error != Errno.None)
            Check(error, $"{access} of {count} bytes at 0x{offset:x} of region {region}");
    }
}
