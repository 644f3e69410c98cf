using System.Runtime.InteropServices;
using Mdev.Sdk.VfioUser.Messages;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>Many register writes in one message.</summary>
/// <remarks>
/// Served also where it was not negotiated: QEMU sends it without, when it queues messages (x-send-queued), and up to 10.2 is slower
/// once it is offered.
/// </remarks>
internal sealed partial class Session
{
    private Errno RegionWriteMulti(in Message message, out int length)
    {
        length = RegionWriteEntry.CountLength;
        ReadOnlySpan<byte> payload = message.Payload;
        if (!TryParse(message, RegionWriteEntry.CountLength, out ulong count)
            || (payload.Length - RegionWriteEntry.CountLength) % RegionWriteEntry.Length != 0
            || count != (ulong)(payload.Length - RegionWriteEntry.CountLength) / RegionWriteEntry.Length)
            return Errno.EINVAL;

        // All of them before the first is carried out: QEMU sends these without waiting for an answer, so that nobody would learn how
        // many were done of a message that is wrong in the middle.
        ReadOnlySpan<RegionWriteEntry> writes = MemoryMarshal.Cast<byte, RegionWriteEntry>(payload[RegionWriteEntry.CountLength..]);
        foreach (ref readonly RegionWriteEntry write in writes)
        {
            if (write.Count > RegionWriteEntry.MaxCount || !_device.TakesWrite(write.Region, write.Offset, (int)write.Count))
                return Errno.EINVAL;
        }

        foreach (ref readonly RegionWriteEntry write in writes)
        {
            ulong data = write.Data;
            Errno error = _device.Write(write.Region, write.Offset, MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in data))[..(int)write.Count]);
            if (error != Errno.None)
                return error;
        }

        MemoryMarshal.Write(_stream.ReplyPayload(length), count);
        return Errno.None;
    }
}
