namespace Mdev.Sdk.Device;

/// <summary>Accesses of many bytes to memory: whoever serves the device moves the bytes itself.</summary>
public abstract partial class VfioDevice
{
    /// <summary>
    /// A guest's access, as <see cref="Read"/> and <see cref="Write"/>, that does nothing but copy bytes: instead of copying it says where
    /// they are. The device's lock is not held while they are read or written, as it is not with a client that has mapped them.
    /// </summary>
    /// <param name="region">VFIO region index.</param>
    /// <param name="offset">Bytes from the start of the region.</param>
    /// <param name="count">Bytes.</param>
    /// <param name="write">Whether the guest writes.</param>
    /// <param name="bytes">Receives the bytes; valid until the device is disposed.</param>
    /// <returns>Whether that is so; otherwise nothing has happened.</returns>
    internal bool TryReach(uint region, ulong offset, int count, bool write, out Span<byte> bytes)
    {
        bytes = default;
        if (!IsInside(region, offset, count))
            return false;
        lock (Gate)
        {
            // Somebody who traces the device wants the bytes too.
            if (!_stopped && _observer is null)
                bytes = _regions[region]!.Reach(offset, count, write);
            if (!bytes.IsEmpty)
                _ = write ? Counters.RegionWrites[region]++ : Counters.RegionReads[region]++;
        }
        return !bytes.IsEmpty;
    }
}
