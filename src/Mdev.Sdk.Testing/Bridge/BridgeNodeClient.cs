using System.Buffers.Binary;
using Mdev.Sdk.Testing.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing.Bridge;

/// <summary>
/// A user of a device by its node on the host, <c>/dev/mdev-UUID</c>, which <c>--bridge cuse</c> makes: the ioctls of a VFIO device
/// descriptor. Regions are accessed by ioctls of the bridge's own, as the kernel passes no file offset to such a node, and cannot be mapped.
/// Source: linux/vfio.h; Linux fs/fuse/cuse.c.
/// </summary>
public sealed partial class BridgeNodeClient : VfioClient
{
    private readonly SafeFileHandle _node;
    private byte[] _argument = new byte[4096];

    /// <summary>Takes over an open node.</summary>
    /// <param name="node">Open for reading and writing; closed with this client.</param>
    public BridgeNodeClient(SafeFileHandle node)
    {
        ArgumentNullException.ThrowIfNull(node);
        _node = node;
    }

    /// <summary>Opens a device.</summary>
    /// <param name="path">Its node.</param>
    /// <exception cref="VfioException">It cannot be opened.</exception>
    public static BridgeNodeClient Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Check(DeviceFile.TryOpen(path, TestLibc.O_RDWR, out SafeFileHandle? node), $"Opening {path}");
        return new BridgeNodeClient(node!);
    }

    /// <inheritdoc/>
    public override VfioDeviceInfo GetDeviceInfo()
    {
        Span<byte> info = Begin(16);
        Check(TryCall(Request.GetInfo, info), "VFIO_DEVICE_GET_INFO");
        return new(ReadUInt32(info, 4), ReadUInt32(info, 8), ReadUInt32(info, 12));
    }

    /// <inheritdoc/>
    public override VfioRegionInfo GetRegionInfo(uint region)
    {
        Span<byte> info = AskForRegion(region, VfioRegionInfoLayout.Size);

        // Source: linux/vfio.h, "vfio_info_cap_header": where argsz comes back larger, a call with so much room has all.
        uint size = ReadUInt32(info, 0);
        if (size > info.Length)
        {
            info = AskForRegion(region, size);
            if (ReadUInt32(info, 0) != size)
                throw new InvalidDataException("VFIO_DEVICE_GET_REGION_INFO wants more room each time that it is asked.");
        }
        return VfioRegionInfoLayout.Read(info);
    }

    /// <inheritdoc/>
    public override VfioIrqInfo GetIrqInfo(uint index)
    {
        Span<byte> info = Begin(16);
        WriteUInt32(info, 8, index);
        Check(TryCall(Request.GetIrqInfo, info), $"VFIO_DEVICE_GET_IRQ_INFO of index {index}");
        return new(ReadUInt32(info, 4), ReadUInt32(info, 12));
    }

    /// <summary>Maps nothing: the kernel has no mmap(2) for such a node.</summary>
    /// <param name="region">Region index.</param>
    /// <returns><see langword="null"/>: the region must be accessed by calls.</returns>
    public override MappedRegion? MapRegion(uint region) => null;

    /// <inheritdoc/>
    public override Errno TrySetIrqs(
        uint index, VfioIrqSet set, uint start, uint count, ReadOnlySpan<byte> bools = default, params ReadOnlySpan<EventFd> eventFds)
    {
        const int Head = 20;
        Span<byte> argument = Begin(Head + bools.Length + (eventFds.Length * sizeof(int)));
        WriteUInt32(argument, 4, (uint)set);
        WriteUInt32(argument, 8, index);
        WriteUInt32(argument, 12, start);
        WriteUInt32(argument, 16, count);
        bools.CopyTo(argument[Head..]);
        for (int i = 0; i < eventFds.Length; i++)
            WriteUInt32(argument, Head + bools.Length + (i * sizeof(int)), (uint)eventFds[i].Descriptor);
        return TryCall(Request.SetIrqs, argument);
    }

    /// <inheritdoc/>
    public override Errno TryReset() => DeviceFile.TryControl(_node, Request.Reset, []);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _node.Dispose();

    private Span<byte> AskForRegion(uint region, uint room)
    {
        Span<byte> info = Begin((int)room);
        WriteUInt32(info, 8, region);
        Check(TryCall(Request.GetRegionInfo, info), $"VFIO_DEVICE_GET_REGION_INFO of region {region}");
        return info;
    }

    // A structure that begins with argsz, as all of VFIO's do, and is otherwise zero.
    private Span<byte> Begin(int size)
    {
        if (size > _argument.Length)
            Array.Resize(ref _argument, size);
        Span<byte> argument = _argument.AsSpan(0, size);
        argument.Clear();
        WriteUInt32(argument, 0, (uint)size);
        return argument;
    }

    private Errno TryCall(uint request, Span<byte> argument) => DeviceFile.TryControl(_node, request, argument);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static void WriteUInt32(Span<byte> bytes, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes[offset..], value);

    // _IO(';', number): no direction and no size, the structures say how long they are.
    private static class Request
    {
        private const uint Type = ';' << 8;

        public const uint GetInfo = Type | 107;
        public const uint GetRegionInfo = Type | 108;
        public const uint GetIrqInfo = Type | 109;
        public const uint SetIrqs = Type | 110;
        public const uint Reset = Type | 111;
        public const uint Feature = Type | 117;
        public const uint ReadRegion = Type | 0xe0;
        public const uint WriteRegion = Type | 0xe1;
    }
}
