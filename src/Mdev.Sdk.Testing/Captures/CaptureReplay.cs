using System.Buffers.Binary;

namespace Mdev.Sdk.Testing.Captures;

/// <summary>
/// Does to a device what a capture says was done to another: reads, writes and resets, one after the other, whatever time lay between
/// them. Guest memory and interrupts are not in a capture; a device that needs them answers otherwise.
/// </summary>
/// <param name="client">A client that has negotiated; stays the caller's.</param>
public sealed class CaptureReplay(VfioUserClient client)
{
    private const int Messages = 147;
    private const int HeaderSize = 16, AccessSize = 16, MaxTransfer = 1 << 20;
    private const ushort RegionRead = 9, RegionWrite = 10, DeviceReset = 13;
    private const uint ReplyFlag = 1, ErrorFlag = 0x20, TypeMask = 0xf;

    /// <summary>Accesses that have been repeated.</summary>
    public int Accesses { get; private set; }

    /// <summary>Accesses that could not be, or not be compared: bytes of theirs, or their replies, are missing in the file.</summary>
    public int Skipped { get; private set; }

    /// <summary>Resets the device and replays a file; goes on as far as the differences are asked for.</summary>
    /// <param name="file">The recording; begun when the device was new, or at a reset.</param>
    /// <returns>Where the device answers otherwise.</returns>
    /// <exception cref="VfioException">The device cannot be reset.</exception>
    /// <exception cref="IOException">The server has gone.</exception>
    public IEnumerable<CaptureDifference> Run(CaptureFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        client.Reset();
        CapturedPacket[] messages = [.. file.Packets.Where(p => p.LinkType == Messages && p.Data.Length >= HeaderSize)];
        for (int i = 0; i < messages.Length; i++)
        {
            CapturedPacket request = messages[i];
            if ((Flags(request) & TypeMask) == ReplyFlag)
                continue;
            if (Command(request) == DeviceReset)
                client.Reset();
            else if (Command(request) is RegionRead or RegionWrite && Replay(request, ReplyTo(request, messages, i)) is { } difference)
                yield return difference;
        }
    }

    // A device answers in order, so the reply to a message is found before its id comes again.
    private static CapturedPacket? ReplyTo(CapturedPacket request, CapturedPacket[] messages, int at)
    {
        for (int i = at + 1; i < messages.Length; i++)
        {
            if (Id(messages[i]) != Id(request))
                continue;
            return (Flags(messages[i]) & TypeMask) == ReplyFlag && Command(messages[i]) == Command(request) ? messages[i] : null;
        }
        return null;
    }

    private CaptureDifference? Replay(CapturedPacket request, CapturedPacket? reply)
    {
        ReadOnlySpan<byte> message = request.Data.Span;
        bool write = Command(request) == RegionWrite;
        if (request.IsTruncated || message.Length < HeaderSize + AccessSize)
            return Skip();
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(message[HeaderSize..]);
        uint region = BinaryPrimitives.ReadUInt32LittleEndian(message[(HeaderSize + 8)..]);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(message[(HeaderSize + 12)..]);
        ReadOnlySpan<byte> written = message[(HeaderSize + AccessSize)..];
        if (count > MaxTransfer || (write && count != written.Length))
            return Skip();

        byte[] read = new byte[write ? 0 : count];
        Errno error = write ? client.TryWriteRegion(region, offset, written) : client.TryReadRegion(region, offset, read);
        Accesses++;
        if (reply is null || reply.IsTruncated)
        {
            Skipped++;
            return null;
        }

        string recorded = Describe(RecordedError(reply), write ? [] : reply.Data.Span[Math.Min(HeaderSize + AccessSize, reply.Data.Length)..]);
        string actual = Describe(error, read);
        return recorded == actual ? null : new CaptureDifference(reply.Number, region, offset, write, recorded, actual, reply.Comments);
    }

    private CaptureDifference? Skip()
    {
        Skipped++;
        return null;
    }

    private static Errno RecordedError(CapturedPacket reply) =>
        (Flags(reply) & ErrorFlag) == 0 ? Errno.None : (Errno)BinaryPrimitives.ReadUInt32LittleEndian(reply.Data.Span[12..]);

    private static string Describe(Errno error, ReadOnlySpan<byte> bytes) => error != Errno.None ? error.ToString()
        : bytes.IsEmpty ? "ok"
        : Convert.ToHexStringLower(bytes);

    private static ushort Id(CapturedPacket packet) => BinaryPrimitives.ReadUInt16LittleEndian(packet.Data.Span);

    private static ushort Command(CapturedPacket packet) => BinaryPrimitives.ReadUInt16LittleEndian(packet.Data.Span[2..]);

    private static uint Flags(CapturedPacket packet) => BinaryPrimitives.ReadUInt32LittleEndian(packet.Data.Span[8..]);
}
