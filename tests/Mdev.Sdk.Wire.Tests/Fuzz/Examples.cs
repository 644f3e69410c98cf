using Mdev.Sdk.Wire.Tests.Conversations;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>
/// Forms of commands that no recorded client sends, as the protocol has them; a server may refuse each. Source: vfio-user.md,
/// appendix A.
/// </summary>
internal static class Examples
{
    private const ushort GetRegionIoFds = 6, DmaRead = 11, DmaWrite = 12, WriteMulti = 15, Feature = 16, DataRead = 17, DataWrite = 18;
    private const uint Get = 1u << 16, Set = 1u << 17, Probe = 1u << 18;

    /// <summary>States in the order of linux/vfio.h, enum vfio_device_mig_state.</summary>
    public const uint Stop = 1, Running = 2, StopCopy = 3, Resuming = 4, PreCopy = 6;

    /// <summary>VERSIONs of clients that can more, or less, than QEMU.</summary>
    public static IReadOnlyList<byte[]> Versions { get; } =
    [
        Raw.VersionMessage("""{"capabilities":{"max_msg_fds":8,"twin_socket":{"supported":true}}}"""),
        Raw.VersionMessage("""{"capabilities":{"max_msg_fds":1,"max_data_xfer_size":16,"twin_socket":{"supported":true}}}"""),
        Raw.VersionMessage("""{"capabilities":{"max_msg_fds":8,"max_data_xfer_size":1}}"""),
        Raw.VersionMessage("""{"capabilities":{"max_msg_fds":0,"write_multiple":true,"max_dma_maps":3,"pgsizes":4096}}"""),
        Raw.VersionMessage("""{"capabilities":{"max_msg_fds":1}}""", minor: 1),
        Raw.VersionMessage(json: null),
        Raw.VersionMessage("{}"),
    ];

    /// <summary>The commands.</summary>
    public static Line[] Commands { get; } =
    [
        .. new byte[][]
        {
            IoFds(0, 4096), IoFds(2, 16), IoFds(9, 1 << 20),
            Raw.Message(DmaRead, Raw.Bytes(0x1000ul, 16ul)),
            Raw.Message(DmaWrite, Raw.Bytes(0x1000ul, 4ul, 1u)),
            Raw.Message(WriteMulti, Raw.Bytes(0ul)),
            Raw.Message(WriteMulti, Raw.Bytes(2ul, 0ul, 0u, 4u, 1ul, 8ul, 0u, 8u, 2ul)),
            Raw.Message(WriteMulti, [.. Raw.Bytes(200ul), .. Enumerable.Range(0, 200).SelectMany(i => Raw.Bytes((ulong)i * 4, 0u, 4u, (ulong)i))]),
            State(Stop), State(Running), State(StopCopy), State(Resuming), State(PreCopy),
            Raw.Message(Feature, Raw.Bytes(16u, Get | 2, 0u, 0u)),
            Raw.Message(Feature, Raw.Bytes(16u, Get | 1)),
            Raw.Message(Feature, Raw.Bytes(16u, Get | Probe | 1)),
            Raw.Message(Feature, Raw.Bytes(16u, Set | Probe | 2)),
            Raw.Message(Feature, Raw.Bytes(40u, Set | 6, 4096ul, 1u, 0u, 0ul, 1ul << 32)),
            Raw.Message(Feature, Raw.Bytes(24u, Set | 6, 4096ul, 0u, 0u)),
            Raw.Message(Feature, Raw.Bytes(8u, Set | 7)),
            Raw.Message(Feature, Raw.Bytes(1u << 16, Get | 8, 0ul, 0x1000_0000ul, 4096ul)),
            Raw.Message(Feature, Raw.Bytes(48u, Get | 8, 0x10_0000ul, 0x10000ul, 4096ul)),
            Raw.Message(DmaUnmap, Raw.Bytes(48u, 1u, 0x10_0000ul, 0x10000ul, 4096ul, 8ul)),
            Raw.ReadMessage(2, 0, Raw.MaxTransfer), Raw.ReadMessage(0, 0x100, 0xff00), Raw.ReadMessage(2, 0xfff1, 0x12345),
            Raw.WriteMessage(2, 0, new byte[Raw.MaxTransfer]), Raw.WriteMessage(0, 0x10, new byte[0xff00]),
            Raw.WriteMessage(2, 0xfff1, new byte[0x12345]), Raw.WriteMessage(2, 0, new byte[0x10000], flags: Raw.NoReply),
            DataOut(4096), DataOut(1 << 20), DataIn([1, 2, 3, 4]),
        }.Select(bytes => new Line(FromClient: true, "", bytes)),
    ];

    private const ushort DmaUnmap = Raw.DmaUnmap;

    /// <summary>DEVICE_FEATURE that sets a migration state.</summary>
    public static byte[] State(uint state) => Raw.Message(Feature, Raw.Bytes(16u, Set | 2, state, 0u));

    /// <summary>MIG_DATA_READ of so many bytes.</summary>
    public static byte[] DataOut(uint count) => Raw.Message(DataRead, Raw.Bytes(8 + count, count));

    /// <summary>MIG_DATA_WRITE.</summary>
    public static byte[] DataIn(byte[] data) => Raw.Message(DataWrite, Raw.Bytes((uint)(8 + data.Length), (uint)data.Length, data));

    private static byte[] IoFds(uint region, uint argsz) => Raw.Message(GetRegionIoFds, Raw.Bytes(argsz, 0u, region, 0u));
}
