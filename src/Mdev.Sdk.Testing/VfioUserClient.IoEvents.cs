using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing;

public sealed partial class VfioUserClient
{
    private const ushort DeviceGetRegionIoFds = 6;
    private const int IoFdsHead = 16;
    private const int IoEventSize = 40;

    /// <summary>DEVICE_GET_REGION_IO_FDS: eventfds by which parts of a region can be written without a message.</summary>
    /// <param name="region">Region index.</param>
    /// <returns>What the device offers; empty for most.</returns>
    /// <exception cref="VfioException">The server refuses.</exception>
    public IReadOnlyList<VfioIoEvent> GetRegionIoEvents(uint region)
    {
        ReadOnlySpan<byte> reply = AskForIoFds(region, IoFdsHead, out SafeFileHandle[] descriptors);
        uint size = ReadUInt32(reply, 0);
        if (size > IoFdsHead)
        {
            Expect(descriptors.Length == 0 && reply.Length == IoFdsHead, "a DEVICE_GET_REGION_IO_FDS reply is neither complete nor its head alone");
            reply = AskForIoFds(region, size, out descriptors);
        }

        uint count = ReadUInt32(reply, 12);
        Expect(reply.Length == size && size == IoFdsHead + (ulong)(IoEventSize * count), "a DEVICE_GET_REGION_IO_FDS reply has the wrong form");
        EventFd[] eventFds = Array.ConvertAll(descriptors, descriptor => new EventFd(descriptor));
        var events = new VfioIoEvent[count];
        for (int i = 0; i < events.Length; i++)
        {
            ReadOnlySpan<byte> entry = reply[(IoFdsHead + (IoEventSize * i))..];
            uint index = ReadUInt32(entry, 16);
            Expect(index == uint.MaxValue || index < (uint)eventFds.Length, "an eventfd of a region has a descriptor that did not come");
            Expect(ReadUInt32(entry, 20) == 0, "a part of a region has a descriptor that is no eventfd");
            events[i] = new(
                ReadUInt64(entry, 0), ReadUInt64(entry, 8), ReadUInt32(entry, 24), ReadUInt64(entry, 32),
                index == uint.MaxValue ? null : eventFds[index]);
        }
        return events;
    }

    private ReadOnlySpan<byte> AskForIoFds(uint region, uint room, out SafeFileHandle[] descriptors)
    {
        Span<byte> payload = Begin(IoFdsHead);
        payload.Clear();
        WriteUInt32(payload, 0, room);
        WriteUInt32(payload, 8, region);
        Errno error = Exchange(DeviceGetRegionIoFds, out ReadOnlySpan<byte> reply, []);
        var taken = new List<SafeFileHandle>();
        while (Connection.TakeDescriptor() is { } descriptor)
            taken.Add(descriptor);
        descriptors = [.. taken];
        Check(error, $"DEVICE_GET_REGION_IO_FDS of region {region}");
        Expect(reply.Length >= IoFdsHead && ReadUInt32(reply, 8) == region, "a DEVICE_GET_REGION_IO_FDS reply has the wrong form");
        return reply;
    }
}
