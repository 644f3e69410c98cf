using System.Buffers.Binary;

namespace Mdev.Bench.Clients;

/// <summary>A message made before it is needed, and how long the answer will be.</summary>
internal sealed class Frame
{
    private const ushort RegionRead = 9, RegionWrite = 10;
    private const uint NoReply = 0x10;
    private const int Head = 32;

    private Frame(ushort command, uint flags, uint region, ulong offset, int count, int data, int replySize)
    {
        Bytes = new byte[Head + data];
        ReplySize = replySize;
        Span<byte> bytes = Bytes;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], command);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], Bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], flags);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], offset);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[24..], region);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[28..], count);
    }

    public byte[] Bytes { get; }

    public int ReplySize { get; }

    public static Frame Read(uint region, ulong offset, int count) =>
        new(RegionRead, 0, region, offset, count, 0, Head + count);

    public static Frame Write(uint region, ulong offset, int count) =>
        new(RegionWrite, 0, region, offset, count, count, Head);

    public static Frame Post(uint region, ulong offset, int count) =>
        new(RegionWrite, NoReply, region, offset, count, count, 0);
}
