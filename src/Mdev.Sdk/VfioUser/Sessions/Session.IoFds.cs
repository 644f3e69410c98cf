using System.Runtime.InteropServices;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interop;
using Mdev.Sdk.VfioUser.Messages;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>Doorbells that ring by eventfds.</summary>
internal sealed partial class Session
{
    private Errno GetRegionIoFds(in Message message, out int length)
    {
        length = IoFdsInfo.Length;
        if (!TryParse(message, IoFdsInfo.Length, out IoFdsInfo request)
            || request.ArgumentSize is < IoFdsInfo.Length or > IoFdsInfo.MaxArgumentSize
            || request.Flags != 0 || request.Count != 0 || _device.RegionAt(request.Index) is null)
            return Errno.EINVAL;

        IReadOnlyList<DoorbellEvent> events =
            _device.DoorbellEvents(request.Index, Math.Min(_client.MaxDescriptors, UnixSocket.MaxDescriptors));
        int full = IoFdsInfo.Length + (events.Count * IoEventFd.Length);

        // All of them or none: a client that asks again with more room would leak the first ones.
        bool complete = request.ArgumentSize >= (uint)full;
        length = complete ? full : IoFdsInfo.Length;
        Span<byte> reply = _stream.ReplyPayload(length);
        MemoryMarshal.Write(reply, new IoFdsInfo((uint)full, 0, request.Index, (uint)events.Count));
        if (!complete)
            return Errno.None;

        // Each has a descriptor of its own, as each rings another doorbell.
        for (int i = 0; i < events.Count; i++)
        {
            DoorbellEvent doorbell = events[i];
            _passed.Add(doorbell.Event.Descriptor);
            var entry = new IoEventFd(
                doorbell.Offset, (ulong)doorbell.Place.Doorbells.Width, (uint)i, 0, doorbell.Place.IsPorts ? IoEventFd.Ports : 0, 0, 0);
            MemoryMarshal.Write(reply[(IoFdsInfo.Length + (i * IoEventFd.Length))..], entry);
        }
        return Errno.None;
    }
}
