using System.Runtime.InteropServices;
using Mdev.Sdk.VfioUser.Messages;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>Transfers of many bytes to and from a device's memory.</summary>
internal sealed partial class Session
{
    // Fewer are copied in less time than it takes to avoid it.
    private const int LeastReached = 8192;

    // A REGION_WRITE that would be taken as a whole, and does nothing but copy.
    Span<byte> IBodyPlaces.Find(in MessageHeader header, ReadOnlySpan<byte> head)
    {
        if (!_negotiated || !header.IsCommand || header.Command != Command.RegionWrite)
            return default;
        var access = MemoryMarshal.Read<RegionAccess>(head);
        if (access.Count > Limits.MaxTransfer || access.Count != header.Size - (MessageHeader.Length + RegionAccess.Length))
            return default;
        return _device.TryReach(access.Region, access.Offset, (int)access.Count, write: true, out Span<byte> bytes) ? bytes : default;
    }
}
