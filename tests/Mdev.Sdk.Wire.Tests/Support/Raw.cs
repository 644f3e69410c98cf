using System.Buffers.Binary;

namespace Mdev.Sdk.Wire.Tests.Support;

/// <summary>Messages as bytes. Source: vfio-user, "Header", and the headings of the commands.</summary>
internal static class Raw
{
    public const ushort Version = 1;
    public const ushort DmaMap = 2;
    public const ushort DmaUnmap = 3;
    public const ushort GetInfo = 4;
    public const ushort GetRegionInfo = 5;
    public const ushort GetIrqInfo = 7;
    public const ushort SetIrqs = 8;
    public const ushort RegionRead = 9;
    public const ushort RegionWrite = 10;
    public const ushort DmaRead = 11;
    public const ushort DmaWrite = 12;
    public const ushort Reset = 13;

    public const uint IsReply = 1;
    public const uint NoReply = 0x10;
    public const uint IsError = 0x20;

    public const uint MaxTransfer = 1 << 20;

    /// <summary>What QEMU 11.1 sends first, byte for byte.</summary>
    public const string QemuCapabilities =
        """{"capabilities": {"migration": {"pgsize": 4096, "max_bitmap_size": 268435456}, "max_msg_fds": 16, "max_data_xfer_size": 1048576, "pgsizes": 4096, "max_dma_maps": 65535, "write_multiple": true}}""";

    /// <summary>Little-endian values behind each other; each takes as many bytes as its type has.</summary>
    public static byte[] Bytes(params ReadOnlySpan<object> values)
    {
        var bytes = new List<byte>();
        Span<byte> word = stackalloc byte[8];
        foreach (object value in values)
        {
            switch (value)
            {
                case byte[] many:
                    bytes.AddRange(many);
                    break;
                case byte one:
                    bytes.Add(one);
                    break;
                case ushort two:
                    BinaryPrimitives.WriteUInt16LittleEndian(word, two);
                    bytes.AddRange(word[..2]);
                    break;
                case uint four:
                    BinaryPrimitives.WriteUInt32LittleEndian(word, four);
                    bytes.AddRange(word[..4]);
                    break;
                case ulong eight:
                    BinaryPrimitives.WriteUInt64LittleEndian(word, eight);
                    bytes.AddRange(word);
                    break;
                case string text:
                    bytes.AddRange(System.Text.Encoding.UTF8.GetBytes(text));
                    break;
                default:
                    throw new ArgumentException($"No bytes for a {value.GetType().Name}.", nameof(values));
            }
        }
        return [.. bytes];
    }

    /// <summary>A command whose size is that of its bytes.</summary>
    public static byte[] Message(ushort command, byte[] payload, ushort id = 1, uint flags = 0, uint? size = null) =>
        Bytes(id, command, size ?? (uint)(16 + payload.Length), flags, 0u, payload);

    public static byte[] VersionMessage(string? json = QemuCapabilities, ushort major = 0, ushort minor = 0) =>
        Message(Version, json is null ? Bytes(major, minor) : Bytes(major, minor, json, (byte)0));

    public static byte[] GetInfoMessage(uint argsz = 16, ushort id = 1, uint flags = 0) =>
        Message(GetInfo, Bytes(argsz, 0u, 0u, 0u), id, flags);

    public static byte[] RegionInfoMessage(uint region, uint argsz = 32) =>
        Message(GetRegionInfo, Bytes(argsz, 0u, region, 0u, 0ul, 0ul));

    public static byte[] IrqInfoMessage(uint index, uint argsz = 16) =>
        Message(GetIrqInfo, Bytes(argsz, 0u, index, 0u));

    public static byte[] SetIrqsMessage(uint flags, uint index, uint start, uint count, params byte[] bools) =>
        Message(SetIrqs, Bytes((uint)(20 + bools.Length), flags, index, start, count, bools));

    public static byte[] MapMessage(
        ulong address, ulong size, ulong offset = 0, uint flags = 3, uint argsz = 32) =>
        Message(DmaMap, Bytes(argsz, flags, offset, address, size));

    public static byte[] UnmapMessage(ulong address, ulong size, uint flags = 0, uint argsz = 24) =>
        Message(DmaUnmap, Bytes(argsz, flags, address, size));

    public static byte[] ReadMessage(uint region, ulong offset, uint count, ushort id = 1, uint flags = 0) =>
        Message(RegionRead, Bytes(offset, region, count), id, flags);

    public static byte[] WriteMessage(uint region, ulong offset, byte[] data, ushort id = 1, uint flags = 0, uint? count = null) =>
        Message(RegionWrite, Bytes(offset, region, count ?? (uint)data.Length, data), id, flags);

    public static byte[] ResetMessage(ushort id = 1, uint flags = 0) => Message(Reset, [], id, flags);
}
